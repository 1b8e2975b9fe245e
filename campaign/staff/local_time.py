"""Times in the campaign's time zone: template filters for every page, and the form of an embargo.

One rule: what is kept is an instant; a time zone (a setting) is a matter of showing and reading it.
"""

import datetime

from wtforms import DateTimeLocalField
from wtforms.validators import InputRequired

from campaign.cases.models import Case
from campaign.clock import zone
from campaign.staff.desk import blueprint
from campaign.web.forms import DeskForm


@blueprint.app_template_filter("moment")
def moment(at: datetime.datetime) -> str:
    """Return an instant as "4 May 2026, 09:14" in the campaign's time zone."""
    here = at.astimezone(zone())
    return f"{here.day} {here:%b %Y, %H:%M}"


@blueprint.app_template_filter("day")
def day(at: datetime.datetime) -> str:
    """Return the day of an instant as "4 May 2026" in the campaign's time zone."""
    here = at.astimezone(zone())
    return f"{here.day} {here:%b %Y}"


class EmbargoForm(DeskForm):
    """A day and an hour, as the campaign's clocks show them."""

    until = DateTimeLocalField(
        "Hold back until",
        format=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        validators=[InputRequired("Write a day and an hour, such as 2030-05-01T09:00.")],
    )

    @property
    def moment(self) -> datetime.datetime:
        """Return the instant that was written."""
        assert self.until.data is not None
        return self.until.data.replace(tzinfo=zone())


def embargo_form(case: Case) -> EmbargoForm:
    """Return the form as it stands for a case."""
    until = case.embargo_until
    return EmbargoForm(None, data={"until": until.astimezone(zone()) if until else None})
