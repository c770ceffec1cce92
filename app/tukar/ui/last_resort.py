"""What happens when the till itself is wrong: nothing is hidden, the bill is safe, and the report can be copied.

Errors that are no bugs never come here (``till.ports``: refused, unreachable, disk trouble). Whatever does is written
to the log and shown once in a dialog that needs nothing of the window. The report carries no phone number, no code and
no token (security.md, "Personal data").
"""

from __future__ import annotations

import logging
import platform
import re
import sys
import threading
import traceback
from types import TracebackType
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    Slot,
    qInstallMessageHandler,
    qVersion,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout

from tukar.till.scrubbing import scrubbed

LOG: Final = logging.getLogger("tukar.ui")

_LEVELS: Final = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}
_PATH: Final = re.compile(r'File "[^"]*[/\\](\w+[/\\]\w+\.py)"')


def report_of(trouble: BaseException, version: str) -> str:
    """What went wrong and where, ready to be copied; no values of variables."""
    trace = "".join(traceback.format_exception(trouble))
    trace = _PATH.sub(r'File "\1"', trace)
    facts = f"tukar {version}, Python {platform.python_version()}, Qt {qVersion()}, {platform.system()}"
    return f"{facts}\n\n{scrubbed(trace)}"


class LastResort(QObject):
    """Shows one dialog for a bug; those that follow while it is open are counted in it.

    ``install`` puts it behind Python's and Qt's own hooks. It may be called from any thread. ``shown`` is emitted
    with each report, for whoever keeps them.
    """

    shown = Signal(str)
    _came = Signal(object)

    def __init__(self, version: str) -> None:
        super().__init__()
        self._version = version
        self._dialog: ReportDialog | None = None
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on every bug comes here, from every thread, and Qt's messages go to the log."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        qInstallMessageHandler(log_qt)

    def __call__(self, trouble: BaseException) -> None:
        """A bug, from wherever; told on the window's thread."""
        LOG.error("bug: %s", report_of(trouble, self._version))
        self._came.emit(trouble)

    @Slot(object)
    def _show(self, trouble: BaseException) -> None:
        report = report_of(trouble, self._version)
        self.shown.emit(report)
        if self._dialog is not None and self._dialog.isVisible():
            self._dialog.count_another()
            return
        self._dialog = ReportDialog(report)
        self._dialog.open()

    def _hook(self, kind: type[BaseException], trouble: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, trouble, trace)
            QCoreApplication.quit()
            return
        self(trouble.with_traceback(trace))

    def _thread_hook(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
            self(args.exc_value)


class ReportDialog(QDialog):
    """Plain parts of Qt only, because whatever is wrong may be wrong in ours."""

    def __init__(self, report: str) -> None:
        super().__init__()
        self._more = 0
        self.setWindowTitle(QCoreApplication.translate("Last resort", "Something is wrong in the till"))
        self.setMinimumSize(680, 440)
        words = QCoreApplication.translate(
            "Last resort",
            "Something is wrong in the till itself. The bill is kept. Close this and go on; if it comes again, start "
            "the till anew, and send the report to whoever looks after it.",
        )
        self._words = QLabel(words)
        self._words.setWordWrap(True)
        self._count = QLabel("")
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(QCoreApplication.translate("Last resort", "Report"))
        self.copy = QPushButton(QCoreApplication.translate("Last resort", "Copy the report"))
        self.go_on = QPushButton(QCoreApplication.translate("Last resort", "Close"))
        self.go_on.setDefault(True)
        for button in (self.copy, self.go_on):
            button.setMinimumHeight(48)
        self.copy.clicked.connect(self._copy)
        self.go_on.clicked.connect(self.accept)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy)
        buttons.addStretch(1)
        buttons.addWidget(self.go_on)
        rows = QVBoxLayout(self)
        for part in (self._words, self._report, self._count):
            rows.addWidget(part)
        rows.addLayout(buttons)

    @property
    def report(self) -> str:
        return self._report.toPlainText()

    def count_another(self) -> None:
        """The same or another bug came again meanwhile."""
        self._more += 1
        words = QCoreApplication.translate("Last resort", "It came {count} more times.")
        self._count.setText(words.format(count=self._more))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report)


def log_qt(kind: QtMsgType, _context: QMessageLogContext, message: str | None) -> None:
    """Qt's own messages, in the till's log and nowhere else."""
    LOG.log(_LEVELS.get(kind, logging.WARNING), "qt: %s", scrubbed(message or ""))
