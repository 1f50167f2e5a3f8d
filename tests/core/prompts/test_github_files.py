"""Files of GitHub Models come in and go out without a loss, titles for names included."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from core.prompts import files, template
from core.prompts.content import Parameters
from core.prompts.files import PromptFile
from tests.core.prompts.prompt_files import HEAD, parse

FROM_GITHUB = """\
name: headlines
description: From the GitHub Models editor.
model: openai/gpt-4o-mini
modelParameters:
  temperature: 0.5
  topP: 0.9
  maxTokens: 300
messages:
  - role: system
    content: You write headlines.
  - role: user
    content: "{{ article }}"
testData:
  - article: A town built a bridge.
    expected: Bridge
evaluators:
  - name: Mentions the bridge
    string:
      contains: bridge
"""

# In the form of GitHub's own documentation and tools: titles for names, ids with a publisher, evaluators of every kind.
WITH_A_TITLE = """\
name: News Summary, short
description: Sums up an article
model: openai/gpt-4o
modelParameters:
  temperature: 0.3
  frequencyPenalty: 0.5
messages:
  - role: system
    content: You sum up news.
  - role: user
    content: |
      Sum this up:
      <text>
      {{input}}
      </text>
testData:
  - input: |
      The bridge opened.
      Nobody fell.
    expected: A bridge opened
    date: 2026-01-05
evaluators:
  - name: Starts well
    string:
      startsWith: 'A'
  - name: Judged
    llm:
      modelId: openai/gpt-4o-mini
      prompt: 'Rate {{completion}}'
      choices:
        - choice: '1'
          score: 0.5
        - choice: good
          score: 1.0
  - name: similar
    uses: github/similarity
"""
WITH_A_SCHEMA = """\
name: person-facts
model: openai/gpt-4.1
responseFormat: json_schema
jsonSchema: |-
  {
    "name": "person",
    "strict": true,
    "schema": {"type": "object", "properties": {"age": {"type": "integer"}}}
  }
messages:
  - role: user
    content: "Facts about {{name}}, please."
testData: []
"""
ONE_LINERS = """\
messages:
- {role: system, content: Be kind.}
- {role: assistant, content: 'Yes?'}
- {role: user, content: "{{ question }}"}
model: mistral-ai/mistral-small-2503
name: Chat
"""
FROM_GITHUB_MODELS = {
    "a title": WITH_A_TITLE,
    "a schema": WITH_A_SCHEMA,
    "one-liners": ONE_LINERS,
    "plain": FROM_GITHUB,
}


class TestAFileFromGitHub:
    def test_keeps_what_we_do_not_use(self) -> None:
        assert parse(FROM_GITHUB).content.other == {
            "testData": [{"article": "A town built a bridge.", "expected": "Bridge"}],
            "evaluators": [{"name": "Mentions the bridge", "string": {"contains": "bridge"}}],
        }

    def test_gives_its_parameters(self) -> None:
        assert parse(FROM_GITHUB).content.parameters == Parameters(temperature=0.5, top_p=0.9, max_tokens=300)

    def test_gives_its_messages_in_order(self) -> None:
        roles = [(message.role, message.content) for message in parse(FROM_GITHUB).content.messages]
        assert roles == [("system", "You write headlines."), ("user", "{{ article }}")]

    def test_has_no_note(self) -> None:
        assert parse(FROM_GITHUB).note == ""

    def test_may_begin_with_a_byte_order_mark(self, tmp_path: Path) -> None:
        path = tmp_path / "headlines.prompt.yml"
        path.write_bytes(b"\xef\xbb\xbf" + FROM_GITHUB.encode())
        assert files.read(path) == parse(FROM_GITHUB)

    def test_may_have_the_line_ends_of_windows(self, tmp_path: Path) -> None:
        path = tmp_path / "headlines.prompt.yml"
        path.write_bytes(FROM_GITHUB.replace("\n", "\r\n").encode())
        assert files.read(path) == parse(FROM_GITHUB)

    @pytest.mark.parametrize("text", FROM_GITHUB_MODELS.values(), ids=FROM_GITHUB_MODELS)
    def test_loses_nothing_on_its_way_out(self, text: str) -> None:
        def as_github_reads_it(text: str) -> Any:
            # Every scalar as text, for GitHub's tools know other types than Python's.
            return yaml.load(text, yaml.BaseLoader)

        came, went = as_github_reads_it(text), as_github_reads_it(files.dump(parse(text)))
        went.pop("copydesk")
        came.setdefault("responseFormat", "text")
        assert went == came

    @pytest.mark.parametrize("text", FROM_GITHUB_MODELS.values(), ids=FROM_GITHUB_MODELS)
    def test_can_be_asked(self, text: str) -> None:
        for message in parse(text).content.messages:
            template.check(message.content)

    def test_keeps_its_model(self) -> None:
        assert parse(WITH_A_TITLE).content.model == "openai/gpt-4o"

    def test_gives_its_variables_in_double_braces(self) -> None:
        assert template.variables(parse(WITH_A_TITLE).content.messages[1].content) == {"input"}

    def test_gives_its_schema(self) -> None:
        sent = parse(WITH_A_SCHEMA).content.response_format()
        assert sent
        assert sent["json_schema"]["name"] == "person"

    def test_reports_what_is_not_used(self) -> None:
        assert parse(WITH_A_TITLE).unknown == ("modelParameters.frequencyPenalty", "testData", "evaluators")

    def test_without_anything_else_reports_nothing(self) -> None:
        assert parse(ONE_LINERS).unknown == ()

    def test_keeps_further_model_parameters_where_they_were(self) -> None:
        assert "modelParameters:\n  temperature: 0.3\n  frequencyPenalty: 0.5\n" in files.dump(parse(WITH_A_TITLE))


class TestATitle:
    """GitHub Models names its prompts as people name things; a prompt here has a short name."""

    @pytest.mark.parametrize(
        ("title", "name"),
        [
            ("News Summary, short", "news-summary-short"),
            ("Überschriften!", "uberschriften"),
            ("3 ideas -- fast", "ideas-fast"),
            ("Straße", "strasse"),
            ("x " * 100, "-".join("x" * 50)),
            ("Headlines", "headlines"),
        ],
    )
    def test_gives_a_name(self, title: str, name: str) -> None:
        assert parse(HEAD.replace("headlines", json.dumps(title), 1)).name == name

    def test_is_kept(self) -> None:
        assert files.dump(parse(WITH_A_TITLE)).startswith("name: News Summary, short\n")

    def test_is_not_reported_as_unknown(self) -> None:
        assert "name" not in parse(WITH_A_TITLE).unknown

    def test_can_stand_beside_a_name_of_our_own(self) -> None:
        file = parse(HEAD.replace("headlines", "見出し") + "copydesk:\n  prompt: midashi\n")
        assert (file.name, file.content.other) == ("midashi", {"name": "見出し"})

    def test_stays_when_the_prompt_goes_by_another_name(self) -> None:
        file = PromptFile("short", parse(WITH_A_TITLE).content, "")
        assert parse(files.dump(file)) == file
