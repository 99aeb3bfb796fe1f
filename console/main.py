"""窓口: The `kyodo` command line, for automation and people alike.

Tables in Japanese for people, `--json` for machines; exit codes in `console.answers`.

    cases.py        kyodo case         事案を見る
    submitting.py   kyodo submit …     提出
    questioning.py  kyodo audit …      記録に問う
    proving.py      kyodo audit …      検証・検認・証明・綴り
    handing.py      kyodo hand-over    引渡し（OCEL、SQLite、CSV）
    allocating.py   kyodo allocation   特別交付税の算定
    ordinances.py   kyodo ordinance    条例の定め
    calendars.py    kyodo calendar     休日と、暦の変更
    batches.py      kyodo batch        ひな形による一斉の命令書
    foreseeing.py   kyodo law …        改正の先読み（kyodo case whatif も）
    agreeing.py     kyodo agreement    連携協約の文
    retention.py    kyodo retention    保存と廃棄、消去
    keys.py         kyodo key, witness 鍵と立会人
    upkeep.py       kyodo up …         一式、表、記録係、索引
    reconciling.py  kyodo reconcile    照合
"""

import os
import sys
from importlib.metadata import version

from cyclopts import App, CycloptsError

from console import answers, foreseeing, handing, misuse, proving, submitting, upkeep
from console.agreeing import agreement_app
from console.allocating import allocation_app
from console.answers import ALTERED, DONE, INVALID, OUT_OF_REACH, Ended, lines, machine
from console.batches import batch_app
from console.calendars import calendar_app
from console.cases import case_app
from console.keys import key_app, witness_app
from console.listing import Listing, hand_out
from console.options import Json
from console.ordinances import ordinance_app
from console.questioning import audit_app
from console.reconciling import reconcile
from console.retention import retention_app
from console.schema import kinds
from console.schema import schema as schema_of
from console.stack import StackFailed
from console.submissions import STDIN
from domain.profile import ProfileError
from store.audit.sampling import NoSample
from store.errors import LogAltered, RecordError
from store.proof.notes import NoteError
from store.proof.pack import PackError
from store.proof.stamps import NotStamped
from store.proof.witnessing import NotWitnessed

_AT_FAULT = (NoteError, PackError, NoSample, NotWitnessed, NotStamped, ProfileError)
app = App(
    name="kyodo",
    help="共同: 地方自治法に基づく事案を進め、記録し、確かめる",
    help_format="plaintext",
    result_action="return_value",
    version=version("kyodo"),
)
for sub in (
    case_app,
    audit_app,
    retention_app,
    key_app,
    witness_app,
    allocation_app,
    ordinance_app,
    calendar_app,
    batch_app,
):
    app.command(sub)
app.command(foreseeing.law_app)
case_app.command(foreseeing.case_whatif, name="whatif")
app.command(agreement_app)
app.command(handing.hand_over_app)
app.command(submitting.submit, name="submit")
app.command(submitting.resume_all, name="resume")
app.command(upkeep.up, name="up")
app.command(upkeep.demo, name="demo")
app.command(upkeep.keep_record, name="keep")
app.command(upkeep.migrate_schema, name="migrate")
app.command(upkeep.rebuild, name="rebuild")
app.command(reconcile, name="reconcile")
audit_app.command(proving.audit_verify, name="verify")
audit_app.command(proving.audit_checkpoint, name="checkpoint")
audit_app.command(proving.audit_prove, name="prove")
audit_app.command(proving.audit_export, name="export")
audit_app.command(proving.audit_verifier, name="verifier")
audit_app.command(proving.audit_sample, name="sample")


@app.command(name="schema")
def schema(kind: str | None = None, *, list: bool = False, json: Json = False) -> None:
    """行為と事実の様式（JSON Schema）. KIND で一つだけ、--list で行為の一覧."""
    if not list:
        machine(schema_of(kind))
        return
    if json:
        lines({"kind": kind, "title": title, "basis": basis} for kind, title, basis in kinds())
    else:
        hand_out(Listing(("kind", "行為", "条項"), kinds()))


def run() -> None:
    """The console's entry point."""
    code = _run(sys.argv[1:])
    sys.stdout.flush()
    sys.stderr.flush()
    # The SDK may crash while the interpreter is torn down; there is nothing left to do here.
    os._exit(code)


def _run(words: list[str]) -> int:
    try:
        # A lone hyphen would be taken for an option.
        words = [STDIN if word == "-" else word for word in words]
        return app(words, exit_on_error=False, print_error=False) or DONE
    except Ended as ended:
        return _said(str(ended), ended.code)
    except CycloptsError as error:
        return _said(misuse.said(error), INVALID)
    except LookupError as error:
        return _said(f"{error.args[0]}", INVALID)
    except _AT_FAULT as error:
        return _said(str(error), INVALID)
    except LogAltered as error:
        return _said(str(error), ALTERED)
    except (StackFailed, RecordError) as error:
        return _said(str(error), OUT_OF_REACH)
    except TimeoutError:
        return _said("時間内に答えがありませんでした。もう一度試してください", OUT_OF_REACH)
    except BrokenPipeError:
        return DONE
    except OSError as fault:
        return _said(f"{fault.filename or 'ファイル'}: {fault.strerror or fault}", INVALID)
    except KeyboardInterrupt:
        return 130


def _said(words: str, code: int) -> int:
    if words:
        answers.ERR.print(words, markup=False, soft_wrap=True)
    return code
