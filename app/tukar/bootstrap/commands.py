"""The commands that open no window, each as one function of its options that returns the exit status."""

import sys

from tukar.bootstrap.options import (
    AuditOptions,
    BackupOptions,
    DoctorOptions,
    ImportOptions,
    ReplayOptions,
    RulesOptions,
    ServeOptions,
    SettingsOptions,
    SupportOptions,
)


def run_serve(options: ServeOptions) -> int:
    from tukar.bootstrap import serving

    return serving.run_serve(options)


def run_import(options: ImportOptions) -> int:
    from tukar.bootstrap.backend_house import operator_of, standing_backend
    from tukar.bootstrap.importing import ShopCatalogue, import_articles

    with standing_backend(options) as backend:
        return import_articles(options, ShopCatalogue(backend, operator_of(backend, options.shop)))


def run_replay(options: ReplayOptions) -> int:
    from tukar.bootstrap import replaying

    return replaying.run_replay(options)


def run_doctor(options: DoctorOptions) -> int:
    from tukar.bootstrap import health

    return health.run_doctor(options)


def run_backup(options: BackupOptions) -> int:
    from tukar.bootstrap import keeping_safe

    return keeping_safe.run_backup(options)


def run_restore(options: BackupOptions) -> int:
    from tukar.bootstrap import keeping_safe

    return keeping_safe.run_restore(options)


def run_audit_verify(options: AuditOptions) -> int:
    from tukar.bootstrap import keeping_safe

    return keeping_safe.run_audit_verify(options)


def run_rules_try(options: RulesOptions) -> int:
    from tukar.till.sandbox import try_files

    return try_files(options.files, as_json=options.as_json, out=sys.stdout)


def run_rules_check(options: RulesOptions) -> int:
    from tukar.local.clock import SystemClock
    from tukar.till.sandbox import check_file

    on = options.on or SystemClock().now().astimezone().date()
    return max(check_file(file, on, as_json=options.as_json, out=sys.stdout) for file in options.files)


def run_settings(options: SettingsOptions) -> int:
    from tukar.bootstrap import shop_settings

    return shop_settings.run_settings(options)


def run_support(options: SupportOptions) -> int:
    from tukar.bootstrap import supporting

    return supporting.run_support(options)
