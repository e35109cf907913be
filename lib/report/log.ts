/**
 * A text for a log, which a CI obeys: GitHub at lines that begin with `::` and wherever `##[` stands, Azure at `##vso[`, TeamCity at
 * `##teamcity[`, GitLab at `section_start:`; a terminal, control characters. A tree must not speak to any of them.
 *
 * Sources: actions/runner (ActionCommand.cs, TryParseV2 and TryParse), microsoft/azure-pipelines-agent (Command.cs, TryParse),
 * https://docs.gitlab.com/ci/jobs/job_logs/#custom-collapsible-sections.
 *
 * @param colours whether the text may have them
 */
export function forLog(text: string, colours = false): string {
  const plain = text.replace(obeyed, (character, colour: string | undefined) => {
    if (colour !== undefined) return colours ? character : '';
    return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  });
  return withoutCommands(plain);
}

/** A text in which a CI finds no command. */
export function withoutCommands(text: string): string {
  return text
    .replace(/^([^\S\n]*):(?=:)/gm, '$1\\u003A')
    .replace(/##(?=\w*\[)/g, '#\\u0023')
    .replace(/\bsection_(?=(?:start|end):)/g, 'section\\u005F');
}

/** Colours, and what else a terminal obeys or turns the order of a line round; a line may end as those of Windows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const obeyed = /(\u001b\[[\d;]*m)|\r(?!\n)|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;
