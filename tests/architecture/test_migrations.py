"""モデルと移行のずれ。データベースには繋がない。"""

from django.apps import apps as registry
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.questioner import NonInteractiveMigrationQuestioner
from django.db.migrations.state import ProjectState
from django.utils import translation

from . import apps


def test_every_change_of_a_model_has_a_migration() -> None:
    apps.our_models()
    loader = MigrationLoader(None)
    with translation.override(None):  # 移行は訳していない名前で書かれる
        detector = MigrationAutodetector(
            loader.project_state(),
            ProjectState.from_apps(registry),
            NonInteractiveMigrationQuestioner(defaults={}),
        )
        changes = detector.changes(graph=loader.graph)
    ours = {config.label for config in registry.get_app_configs() if config.name.startswith("tsugaru.")}
    missing = {
        label: [str(step) for migration in migrations for step in migration.operations]
        for label, migrations in changes.items()
        if label in ours
    }
    assert not missing, f"makemigrations で移行を作ってください: {missing}"


def test_migrations_do_not_branch() -> None:
    apps.our_models()
    assert MigrationLoader(None).detect_conflicts() == {}
