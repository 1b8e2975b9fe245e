"""What each check of the doctor found when the sweep asked it last. Of the confidential side alone."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from campaign.database import Base, Instant


class DoctorResult(Base):
    """One check: when it was asked, and its diagnoses as JSON."""

    __tablename__ = "doctor_result"

    check: Mapped[str] = mapped_column(String(40), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant())
    diagnoses: Mapped[str] = mapped_column(Text)
