"""Who may do what: every route states its rule here, and nowhere else.

`guard.py` holds each request to it; an application with a route that is not in the table does not start, and a test
walks every route with every role and with none. A rule about a thing (a check, a case, a key) answers 404, not 403,
where somebody may not see it: that it is there is itself a fact about a family.

Where a thing is kept, the audit log has an entry whenever it is read, in the words that stand here; what changes a
thing writes its own, with the change.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from qualitycheck.service.access import things
from qualitycheck.service.access.who import Role, Scope, Who

if TYPE_CHECKING:
    from qualitycheck.service.desk import Desk

EVERYBODY = frozenset(Role)
READERS = frozenset({Role.PRACTITIONER, Role.MANAGER, Role.INSPECTOR})
BEFORE_COURT = frozenset({Role.PRACTITIONER, Role.MANAGER})  # who writes reports for court and reads them before
MANAGER = frozenset({Role.MANAGER})
INSPECTORS = frozenset({Role.INSPECTOR})
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

Touches = Callable[[Who, "Desk", str], bool]


@dataclass(frozen=True, slots=True)
class Rule:
    """What it takes to be let in."""

    roles: frozenset[Role] | None  # one of these; None: whoever asks, known or not
    scope: Scope | None = None  # an API key needs it; None: people only
    thing: str | None = None  # the part of the path that names a thing
    touches: Touches | None = None  # whether this person may touch that thing
    told: str | None = None  # what the audit log says whenever a kept thing is read so
    free_at_home: bool = False  # on one's own machine nobody is asked who they are: it gives nothing away

    def __post_init__(self) -> None:
        assert (self.thing is None) == (self.touches is None)


def _of(thing: str, touches: Touches, roles: frozenset[Role] = READERS) -> Rule:
    return Rule(roles, thing=thing, touches=touches)


def _told(rule: Rule, action: str) -> Rule:
    return replace(rule, told=action)


anyone = Rule(None)
signed_in = Rule(EVERYBODY)
readers = Rule(READERS)
managers = Rule(MANAGER)
before_court = Rule(BEFORE_COURT)
inspectors = Rule(INSPECTORS)
administrators = Rule(ADMINISTRATOR)
# A check by a program gives back what it was given and keeps nothing, so that any program of one's own machine may.
programs = Rule(READERS, scope=Scope.CHECK, free_at_home=True)
sees_check = _of("check", things.sees_check)
works_on_check = _of("check", things.works_on_check)
sees_case = _of("case", things.sees_case)
owns_case = _of("case", things.owns_case)
reads_reading = _of("reading", things.reads_reading, BEFORE_COURT)
sends_check = _of("check", things.works_on_check, BEFORE_COURT)
sees_reading = _of("reading", things.sees_reading, BEFORE_COURT)
wrote_reading = _of("reading", things.wrote_reading, BEFORE_COURT)
hands_reading = _of("reading", things.hands_reading, BEFORE_COURT)
minds_reading = _of("reading", things.minds_reading, BEFORE_COURT)
manages_reading = _of("reading", things.manages_reading, MANAGER)
owns_key = _of("key", things.owns_key, EVERYBODY)
reads_report = _of("report", things.reads_report, INSPECTORS)
settles_report = _of("report", things.settles_report, INSPECTORS)
follows_concern = _of("concern", things.follows_concern, INSPECTORS)
sees_sample = _of("sample", things.sees_sample, INSPECTORS)
leads_sample = _of("sample", things.leads_sample, INSPECTORS)
sees_results = _of("sample", things.sees_results, INSPECTORS)

RULES: dict[tuple[str, str], Rule] = {
    # For machines
    ("GET", "/healthz"): anyone,
    ("GET", "/readyz"): anyone,
    ("GET", "/metrics"): Rule(ADMINISTRATOR, scope=Scope.METRICS, free_at_home=True),
    ("GET", "/openapi.json"): anyone,
    ("GET", "/api"): anyone,
    ("POST", "/api/v1/checks"): programs,
    ("POST", "/api/v1/checks/annotated"): programs,
    ("GET", "/api/v1/criteria"): anyone,
    # Checking
    ("GET", "/"): signed_in,
    ("GET", "/checks"): readers,
    ("POST", "/checks"): readers,
    ("GET", "/checks/{check}"): _told(sees_check, "opened"),
    ("GET", "/checks/{check}/progress"): sees_check,
    ("GET", "/checks/{check}/annotated.docx"): _told(sees_check, "downloaded the report with comments"),
    ("GET", "/checks/{check}/summary.docx"): _told(sees_check, "downloaded the summary"),
    ("GET", "/checks/{check}/result.html"): _told(sees_check, "downloaded the page"),
    ("GET", "/checks/{check}/result.json"): _told(sees_check, "downloaded the data"),
    ("GET", "/checks/{check}/decisions"): _told(sees_check, "downloaded the decisions"),
    ("POST", "/checks/{check}/aside"): works_on_check,
    ("POST", "/checks/{check}/take-up"): works_on_check,
    ("GET", "/checks/{check}/false-alarm/{fingerprint}"): _told(sees_check, "opened a finding"),
    ("POST", "/checks/{check}/false-alarm/{fingerprint}"): sees_check,
    ("POST", "/checks/{check}/next"): works_on_check,
    ("POST", "/checks/{check}/keep"): works_on_check,
    ("POST", "/checks/{check}/forget"): works_on_check,
    # What is kept
    ("GET", "/cases"): readers,
    ("GET", "/cases/{case}"): _told(sees_case, "opened"),
    ("GET", "/cases/{case}/delete"): _told(owns_case, "opened"),
    ("POST", "/cases/{case}/delete"): owns_case,
    # Figures of readings
    ("GET", "/readings/figures"): managers,
    ("GET", "/readings/figures.csv"): managers,
    ("GET", "/readings/figures.xlsx"): managers,
    # Reading before court
    ("GET", "/readings"): before_court,
    ("GET", "/readings/new"): managers,
    ("POST", "/readings/new"): managers,
    ("GET", "/checks/{check}/send"): _told(sends_check, "opened"),
    ("POST", "/checks/{check}/send"): sends_check,
    ("GET", "/readings/{reading}"): _told(sees_reading, "opened"),
    ("POST", "/readings/{reading}/answers"): wrote_reading,
    ("POST", "/readings/{reading}/take"): manages_reading,
    ("POST", "/readings/{reading}/hand"): hands_reading,
    ("POST", "/readings/{reading}/withdraw"): minds_reading,
    ("POST", "/readings/{reading}/filing"): minds_reading,
    ("POST", "/readings/{reading}/filed"): sees_reading,
    ("GET", "/readings/{reading}/copy"): _told(sees_reading, "looked at the copy for filing"),
    ("GET", "/readings/{reading}/filing.docx"): _told(sees_reading, "downloaded the copy for filing"),
    # The page of a reading
    ("GET", "/readings/{reading}/read"): _told(reads_reading, "opened to read"),
    ("POST", "/readings/{reading}/read"): reads_reading,
    ("POST", "/readings/{reading}/seen"): reads_reading,
    # A reading to take away
    ("GET", "/readings/{reading}/form.docx"): _told(sees_reading, "downloaded the reading form"),
    ("GET", "/readings/{reading}/form.pdf"): _told(sees_reading, "downloaded the reading form as PDF"),
    ("GET", "/readings/{reading}/annotated.docx"): _told(sees_reading, "downloaded the report with its reading"),
    # Results of samples
    ("GET", "/samples/{sample}/results"): _told(sees_results, "opened the results"),
    ("POST", "/samples/{sample}/close"): leads_sample,
    ("POST", "/samples/{sample}/checked"): leads_sample,
    ("GET", "/samples/{sample}/results.docx"): _told(sees_results, "downloaded the results as Word"),
    ("GET", "/samples/{sample}/results.xlsx"): _told(sees_results, "downloaded the results as a workbook"),
    ("GET", "/samples/{sample}/results.csv"): _told(sees_results, "downloaded the results as a list"),
    ("GET", "/samples/{sample}/results.json"): _told(leads_sample, "downloaded the results with their trail"),
    ("GET", "/samples/{sample}/passages"): _told(leads_sample, "opened the passages"),
    ("POST", "/samples/{sample}/passages"): leads_sample,
    # Grading
    ("GET", "/samples/{sample}/reports"): sees_sample,
    ("GET", "/samples/{sample}/reports/{report}"): _told(reads_report, "opened to grade"),
    ("POST", "/samples/{sample}/reports/{report}"): reads_report,
    ("GET", "/samples/{sample}/reports/{report}/hand-in"): reads_report,
    ("POST", "/samples/{sample}/reports/{report}/hand-in"): reads_report,
    ("GET", "/samples/{sample}/reports/{report}/checker"): _told(reads_report, "opened what the checker says"),
    ("GET", "/samples/{sample}/reports/{report}/concern"): reads_report,
    ("POST", "/samples/{sample}/reports/{report}/concern"): reads_report,
    ("GET", "/samples/{sample}/concerns"): _told(sees_sample, "opened the concerns"),
    ("GET", "/samples/{sample}/concerns/{concern}"): _told(follows_concern, "opened"),
    ("POST", "/samples/{sample}/concerns/{concern}"): follows_concern,
    ("GET", "/samples/{sample}/apart"): _told(leads_sample, "opened what is to be settled"),
    ("GET", "/samples/{sample}/apart/{report}"): _told(settles_report, "opened to settle"),
    ("POST", "/samples/{sample}/apart/{report}"): settles_report,
    ("GET", "/samples/{sample}/grades"): leads_sample,
    ("POST", "/samples/{sample}/grades"): leads_sample,
    # Samples
    ("GET", "/samples"): inspectors,
    ("GET", "/samples/plan"): inspectors,
    ("POST", "/samples/plan"): inspectors,
    ("GET", "/samples/new"): inspectors,
    ("POST", "/samples/new"): inspectors,
    ("GET", "/samples/{sample}"): _told(sees_sample, "opened"),
    ("GET", "/samples/{sample}/frame"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/frame"): leads_sample,
    ("GET", "/samples/{sample}/draw"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/draw"): leads_sample,
    ("GET", "/samples/{sample}/manifest.json"): _told(leads_sample, "downloaded the manifest"),
    ("POST", "/samples/{sample}/verify"): leads_sample,
    ("GET", "/samples/{sample}/allot"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/allot"): leads_sample,
    ("GET", "/samples/{sample}/change"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/change"): leads_sample,
    ("GET", "/samples/{sample}/files"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/files"): leads_sample,
    ("GET", "/samples/{sample}/delete"): _told(leads_sample, "opened"),
    ("POST", "/samples/{sample}/delete"): leads_sample,
    # To read
    ("GET", "/criteria"): anyone,
    ("GET", "/criteria/{criterion}"): anyone,
    ("GET", "/about"): anyone,
    ("GET", "/privacy"): anyone,
    ("GET", "/accessibility"): anyone,
    # Signing in
    ("GET", "/open"): anyone,
    ("GET", "/sign-in"): anyone,
    ("POST", "/sign-in"): anyone,
    ("GET", "/sign-in/organisation"): anyone,
    ("GET", "/sign-in/organisation/return"): anyone,
    ("GET", "/invitation/{token}"): anyone,
    ("POST", "/invitation/{token}"): anyone,
    ("POST", "/sign-out"): signed_in,
    ("GET", "/account"): signed_in,
    ("POST", "/account/password"): signed_in,
    ("POST", "/account/sign-out-everywhere"): signed_in,
    ("POST", "/account/keys"): signed_in,
    ("POST", "/account/keys/{key}/revoke"): owns_key,
    # Administration
    ("GET", "/administration"): administrators,
    ("GET", "/administration/accounts"): administrators,
    ("POST", "/administration/accounts"): administrators,
    ("GET", "/administration/accounts/{account}"): administrators,
    ("POST", "/administration/accounts/{account}"): administrators,
    ("POST", "/administration/accounts/{account}/invite"): administrators,
    ("GET", "/administration/teams"): administrators,
    ("POST", "/administration/teams"): administrators,
    ("GET", "/administration/settings"): administrators,
    ("GET", "/administration/false-alarms"): administrators,
    ("GET", "/administration/false-alarms.csv"): administrators,
    ("GET", "/administration/audit"): administrators,
}
