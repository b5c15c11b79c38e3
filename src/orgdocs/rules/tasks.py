"""OD507 and OD508: the tasks of units, and the functions that serve them."""

from __future__ import annotations

from collections.abc import Iterator

from orgdocs.hierarchy import walk_clauses
from orgdocs.problems import Finding, Sentence
from orgdocs.rules.rule import Subject, error, warning
from orgdocs.schemas import suggest


def task_without_function(subject: Subject) -> Iterator[Finding]:
    """In a unit whose functions say which tasks they serve, every task is served by one.

    A task that no function serves is a wish. Nothing is said of units where no function says what it serves.

    Wrong:

    ```yaml
    tasks:
      - {id: lawfulness, text: keeping the office lawful}
      - {id: training, text: training the staff in law}
    functions:
      - {id: advice, text: gives legal advice, serves: [lawfulness]}
    ```

    Right:

    ```yaml
    tasks:
      - {id: lawfulness, text: keeping the office lawful}
      - {id: training, text: training the staff in law}
    functions:
      - {id: advice, text: gives legal advice, serves: [lawfulness]}
      - {id: courses, text: holds courses on law, serves: [training]}
    ```
    """
    for unit in subject.institution.establishments:
        served = {ref.id for clause in walk_clauses(unit.functions) for ref in clause.serves}
        known = {clause.id for clause in unit.tasks}
        # A misspelt task is unknown-task's matter, and the task that was meant is served.
        if not served or unit.partial or not served <= known:
            continue
        for clause in unit.tasks:
            if clause.id is None:
                hint = Sentence("give the task an id, and name it at a function under serves")
                yield Finding(clause.place, Sentence("no function of {unit} serves this task", unit=unit.id), hint=hint)
            elif clause.id not in served:
                hint = Sentence("write at a function: {example}", example=f"serves: [{clause.id}]")
                yield Finding(
                    clause.id_place, Sentence("no function of {unit} serves the task {task}", unit=unit.id, task=clause.id), hint=hint
                )


def unknown_task(subject: Subject) -> Iterator[Finding]:
    """The tasks that a function serves stand, with their ids, among the tasks of the same unit.

    A function cannot serve what the regulation does not set.

    Wrong:

    ```yaml
    tasks: [{id: lawfulness, text: keeping the office lawful}]
    functions: [{id: advice, text: gives legal advice, serves: [lawfullness]}]
    ```

    Right:

    ```yaml
    tasks: [{id: lawfulness, text: keeping the office lawful}]
    functions: [{id: advice, text: gives legal advice, serves: [lawfulness]}]
    ```
    """
    for unit in subject.institution.establishments:
        known = [clause.id for clause in unit.tasks if clause.id is not None]
        for clause in walk_clauses(unit.functions):
            for ref in clause.serves:
                if ref.id not in known and not unit.partial:
                    hint = suggest(ref.id, known) or Sentence("give the task this id: {example}", example=f"{{id: {ref.id}, text: …}}")
                    yield Finding(ref.place, Sentence("{unit} has no task {id}", unit=unit.id, id=ref.id), hint=hint)


RULES = (
    warning("OD507", "task-without-function", task_without_function),
    error("OD508", "unknown-task", unknown_task),
)
