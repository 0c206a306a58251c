"""What every command says of itself."""

from __future__ import annotations

import pytest

from cchc_xl import cli

COMMANDS = (
    "demo", "new", "check", "consolidate", "draft", "return", "build", "restore", "install",
    "uninstall", "doctor",
)  # fmt: skip


class DescribeTheHelpOfACommand:
    @pytest.mark.parametrize("name", COMMANDS)
    def it_says_what_the_command_does_and_what_every_word_means(self, name: str) -> None:

        (commands,) = (a for a in cli._parser()._actions if a.dest == "command")
        assert isinstance(commands.choices, dict)
        command = commands.choices[name]

        assert command.description
        assert [action.dest for action in command._actions if not action.help] == []
