// document-fences.mjs: finds the fenced code of a Markdown document and the commands in a shell fence.

/** Each fence as `{ language, flags, code, line }`; `line` is where its first line of code stands. */
export function fencesOf(markdown) {
  const lines = markdown.split(/\r?\n/);
  const fences = [];
  for (let at = 0; at < lines.length; at += 1) {
    const open = /^( *)(`{3,}|~{3,})\s*(\S*)\s*(.*)$/.exec(lines[at]);
    if (!open) continue;
    const [, indent, mark, language, rest] = open;
    const first = at + 1;
    const closes = (text) => text.trim().startsWith(mark) && text.trim().replaceAll(mark[0], '') === '';
    for (at = first; at < lines.length && !closes(lines[at]); at += 1);
    const code = lines.slice(first, at).map((text) => (text.startsWith(indent) ? text.slice(indent.length) : text));
    fences.push({ language, flags: rest.split(/\s+/).filter(Boolean), code: code.join('\n'), line: first + 1 });
  }
  return fences;
}

/**
 * The commands of a shell fence: lines after `$ `, continued by a trailing backslash or a here-document, each with the
 * output that follows it. `# exit 1` at the end of a command says that it ends with that code.
 */
export function commandsOf(code) {
  const commands = [];
  let heredoc;
  for (const line of code.split('\n')) {
    const current = commands.at(-1);
    if (heredoc !== undefined) {
      current.command += `\n${line}`;
      if (line.trim() === heredoc) heredoc = undefined;
    } else if (current && current.output.length === 0 && current.command.endsWith('\\')) {
      current.command += `\n${line.replace(/^> /, '')}`;
    } else if (line.startsWith('$ ')) {
      commands.push({
        command: line.slice(2),
        output: [],
        exitCode: Number(/#\s*exit (\d+)\s*$/.exec(line)?.[1] ?? 0),
      });
    } else if (current) {
      current.output.push(line);
    }
    heredoc ??= line.startsWith('$ ') ? /<<-?\s*['"]?(\w+)['"]?/.exec(line)?.[1] : undefined;
  }
  for (const one of commands) while (one.output.at(-1)?.trim() === '') one.output.pop();
  return commands;
}

/** Whether `actual` is what the document shows: `…` stands for anything, on its own line for any number of lines. */
export function matchesOutput(expected, actual) {
  const trimmed = actual.map((line) => line.trimEnd());
  while (trimmed.at(-1) === '') trimmed.pop();
  const match = (e, a) => {
    if (e === expected.length) return a === trimmed.length;
    const line = expected[e].trimEnd();
    if (line.trim() === '…') return match(e + 1, a) || (a < trimmed.length && match(e, a + 1));
    return a < trimmed.length && matchesLine(line, trimmed[a]) && match(e + 1, a + 1);
  };
  return match(0, 0);
}

function matchesLine(expected, actual) {
  const parts = expected.split('…');
  if (parts.length === 1) return expected === actual;
  let at = 0;
  for (const [index, part] of parts.entries()) {
    const found = index === parts.length - 1 ? actual.length - part.length : actual.indexOf(part, at);
    const fits = found >= at && actual.startsWith(part, found) && (index > 0 || found === 0);
    if (!fits) return false;
    at = found + part.length;
  }
  return true;
}
