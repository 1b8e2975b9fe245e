"""What a map states for a whole list, with `{today}` and `{later}` to be filled in; every word of it is invented."""

SOURCE_AND_STATUS = """
[source]
type = "ngo_report"
title = "Invented source"
publisher = "Campaign"
date = "2021"
[status]
value = "detained_form_unknown"
as_of = "2021-06"
confidence = "single_source"
basis = "organisation"
last_verified_on = "{today}"
"""
CONSENT_AND_RISK = """
[consent]
giver = "Family"
giver_kind = "relative"
basis = "family"
obtained_by = "Campaign"
obtained_on = "{today}"
how = "signed"
scopes = ["store", "publish_name", "publish_story"]
[risk]
to = "person"
level = "low"
assessed_on = "{today}"
review_by = "{later}"
"""
