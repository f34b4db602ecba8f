"""What comes after a submission and by when, in words for the receipt and the status page."""

from applications.models import ApplicationVersion
from lifecycle.deadlines import end_of_workdays
from lifecycle.workdays import calendar
from timekeeping.clock import SHANGHAI
from timekeeping.dates import chinese_deadline
from timekeeping.workdays import UnknownYear

UNPUBLISHED = "放假安排未公布，以受理机关通知为准"


def next_steps(version: ApplicationVersion) -> list[tuple[str, str]]:
    """(what happens, by when) after this version was received."""
    application = version.application
    parameters = application.call.parameters
    received_on = version.submitted_at.astimezone(SHANGHAI).date()
    try:
        accepted_by = f"{chinese_deadline(end_of_workdays(received_on, parameters.accept_workdays, calendar()))}前"
    except UnknownYear:
        accepted_by = UNPUBLISHED
    return [
        (f"{application.district.bureau}受理，或者一次性告知需要补正的全部内容", accepted_by),
        (
            "县(市)区初审、测评、满意度随机抽查，作出推荐或者不予推荐",
            f"{chinese_deadline(application.district_due_at)}前",
        ),
        ("市工业和信息化局受理、专家评审、现场核查、社会公示、集体决策", "时间以市局通知、公示为准"),
    ]
