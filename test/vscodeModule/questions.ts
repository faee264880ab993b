// Asks what VS Code's own module and its stand-in must answer alike; both tests put these questions.
import { deepEqual } from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as vscode from 'vscode';

type Module = typeof vscode;

/** A question and its one right answer. */
export interface Question {
  readonly title: string;
  readonly ask: (vscode: Module) => unknown;
  readonly answer: unknown;
}

const at = ({ line, character }: { line: number; character: number }): string => `${line}:${character}`;
const between = (range: { start: { line: number; character: number }; end: { line: number; character: number } } | undefined): string | undefined =>
  range && `${at(range.start)}-${at(range.end)}`;

async function codeOf(doing: Thenable<unknown>): Promise<unknown> {
  try {
    await doing;
    return 'none';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

export const QUESTIONS: readonly Question[] = [
  {
    title: 'Markdown is what it was made of',
    ask: ({ MarkdownString }) => [new MarkdownString().value, new MarkdownString('a\n\n*b*').value],
    answer: ['', 'a\n\n*b*'],
  },
  {
    title: 'positions compare, move and stay the same',
    ask: ({ Position }) => {
      const position = new Position(3, 4);
      const others = [new Position(2, 9), new Position(3, 4), new Position(3, 5)];
      return [others.map((other) => [position.compareTo(other), position.isBefore(other), position.isAfterOrEqual(other), position.isEqual(other)]),
        at(position.translate(1, -2)), at(position.translate({ characterDelta: 1 })), at(position.with({ line: 0 })), at(position.with(1)), position.with(3) === position];
    },
    answer: [[[1, false, true, false], [0, false, true, true], [-1, true, false, false]], '4:2', '3:5', '0:4', '1:4', true],
  },
  {
    title: 'ranges put their ends in order, and contain, meet and join others',
    ask: ({ Position, Range }) => {
      const range = new Range(2, 5, 1, 3);
      const [inner, beside] = [new Range(1, 4, 2, 5), new Range(2, 6, 2, 9)];
      return [between(range), range.isEmpty, range.isSingleLine, range.contains(inner), range.contains(beside), range.contains(new Position(2, 5)), range.isEqual(new Range(1, 3, 2, 5)),
        between(range.intersection(new Range(2, 0, 4, 0))), between(range.intersection(beside)), between(range.union(beside)), between(range.with(new Position(0, 0))), between(range.with({ end: new Position(9, 9) }))];
    },
    answer: ['1:3-2:5', false, false, true, false, true, true, '2:0-2:5', undefined, '1:3-2:9', '0:0-2:5', '1:3-9:9'],
  },
  {
    title: 'selections know where the cursor is',
    ask: ({ Selection, Range }) => {
      const selection = new Selection(4, 2, 1, 0);
      return [between(selection), at(selection.anchor), at(selection.active), selection.isReversed, selection instanceof Range, new Selection(1, 0, 1, 0).isEmpty];
    },
    answer: ['1:0-4:2', '4:2', '1:0', true, true, true],
  },
  {
    title: 'uris are parsed, joined, changed and written',
    ask: ({ Uri }) => {
      const uri = Uri.parse('vscode-remote://wsl+ubuntu/home/a%20b/ä.md?q=1#f');
      return [uri.scheme, uri.authority, uri.path, uri.query, uri.fragment, uri.toString(), uri.with({ path: '/x', query: '' }).toString(),
        Uri.file('/a b/c#d.png').toString(), Uri.file('/a/b').fsPath, Uri.joinPath(Uri.file('/a/b'), '..', 'c', './d.png').path, Uri.from({ scheme: 'untitled', path: 'Untitled-1' }).toString(),
        Uri.file('/a') instanceof Uri, Uri.parse('https://example.com/a?b=c&d=e').toString(true)];
    },
    answer: ['vscode-remote', 'wsl+ubuntu', '/home/a b/ä.md', 'q=1', 'f', 'vscode-remote://wsl%2Bubuntu/home/a%20b/%C3%A4.md?q%3D1#f', 'vscode-remote://wsl%2Bubuntu/x#f',
      'file:///a%20b/c%23d.png', '/a/b', '/a/c/d.png', 'untitled:Untitled-1', true, 'https://example.com/a?b=c&d=e'],
  },
  {
    title: 'texts are filled in',
    ask: ({ l10n }) => [l10n.t('{0} of {1}, {0}', 1, 'two'), l10n.t('{name} {other}', { name: 'A' }), l10n.t({ message: '{0}!', args: ['hi'], comment: '' }), l10n.t('no {0}')],
    answer: ['1 of two, 1', 'A {other}', 'hi!', 'no {0}'],
  },
  {
    title: 'events reach every listener in order until it is disposed of',
    ask: ({ EventEmitter, Disposable }) => {
      const said: string[] = [];
      const emitter = new EventEmitter<string>();
      const kept: { dispose(): void }[] = [];
      const first = emitter.event((event) => said.push(`first ${event}`));
      emitter.event(function (this: unknown, event) { said.push(`${String(this)} ${event}`); }, 'this', kept);
      emitter.fire('a');
      first.dispose();
      emitter.fire('b');
      Disposable.from(...kept, { dispose: () => said.push('other') }).dispose();
      emitter.fire('c');
      emitter.dispose();
      emitter.event((event) => said.push(event));
      emitter.fire('d');
      let ends = 0;
      const once = new Disposable(() => (ends += 1));
      once.dispose();
      once.dispose();
      return [said, ends];
    },
    answer: [['first a', 'this a', 'this b', 'other'], 1],
  },
  {
    title: 'a cancel is told once',
    ask: ({ CancellationTokenSource, CancellationError }) => {
      const source = new CancellationTokenSource();
      let told = 0;
      source.token.onCancellationRequested(() => (told += 1));
      const before = source.token.isCancellationRequested;
      source.cancel();
      source.cancel();
      return [before, source.token.isCancellationRequested, told, new CancellationError() instanceof Error];
    },
    answer: [false, true, 1, true],
  },
  {
    title: 'the configuration has our defaults, one by one and as a whole',
    ask: ({ workspace }) => {
      const ours = workspace.getConfiguration('generateImage');
      return [ours.get('model'), ours.get('concurrency'), ours.get('missingImages.hints'), ours.get('missingImages'), ours.get('nothing'), ours.get('nothing', 'else'), ours.has('sizes'), ours.has('nothing'),
        workspace.getConfiguration().get('generateImage.watermark'), workspace.getConfiguration('generateImage.history').get('maxSizeMB'), ours.inspect('model')?.key, ours.inspect('model')?.defaultValue, ours.inspect('model')?.globalValue];
    },
    answer: ['qwen-image-max', 2, false, { hints: false, highDensity: false }, undefined, 'else', true, false, false, 2048, 'generateImage.model', 'qwen-image-max', undefined],
  },
  {
    title: 'a setting is written, told of and taken away',
    ask: async ({ workspace, ConfigurationTarget }) => {
      const told = new Set<string>();
      // VS Code may tell of what was changed before in the same event.
      const listener = workspace.onDidChangeConfiguration((event) => event.affectsConfiguration('generateImage.altText') && !event.affectsConfiguration('generateImage.model') && told.add(`${event.affectsConfiguration('generateImage')} ${event.affectsConfiguration('editor')}`));
      const read = (): unknown => workspace.getConfiguration('generateImage').get('altText');
      await workspace.getConfiguration('generateImage').update('altText', 'other', ConfigurationTarget.Global);
      const during = [read(), workspace.getConfiguration('generateImage').inspect('altText')?.globalValue];
      await workspace.getConfiguration('generateImage').update('altText', undefined, true);
      listener.dispose();
      return [during, read(), [...told]];
    },
    answer: [['other', 'other'], '${prompt}', ['true false']],
  },
  {
    title: 'a document tells offsets from positions',
    ask: async ({ workspace, Range, Position, EndOfLine }) => {
      const document = await workspace.openTextDocument({ content: 'one\r\n  two\r\n\r\n', language: 'markdown' });
      const line = document.lineAt(1);
      let refused = '';
      try {
        document.lineAt(9);
      } catch (error) {
        refused = (error as Error).message;
      }
      return [document.lineCount, document.languageId, document.isUntitled, document.eol === EndOfLine.CRLF, document.getText(), document.getText(new Range(0, 1, 1, 3)), [0, 3, 4, 5, 8, 99, -1].map((offset) => at(document.positionAt(offset))),
        [new Position(1, 2), new Position(0, 99), new Position(9, 0)].map((position) => document.offsetAt(position)), line.text, line.firstNonWhitespaceCharacterIndex, line.isEmptyOrWhitespace, between(line.range),
        between(line.rangeIncludingLineBreak), document.lineAt(2).isEmptyOrWhitespace, between(document.validateRange(new Range(0, 9, 7, 0))), refused];
    },
    answer: [4, 'markdown', true, true, 'one\r\n  two\r\n\r\n', 'ne\r\n  t', ['0:0', '0:3', '0:3', '1:0', '1:3', '3:0', '0:0'], [7, 3, 14], '  two', 2, false, '1:0-1:5', '1:0-2:0', true, '0:3-3:0', 'Illegal value for `line`'],
  },
  {
    title: 'commands are registered once, run with what they are given, and forgotten',
    ask: async ({ commands }) => {
      const registered = commands.registerCommand('standIn.add', (one: number, other: number) => one + other);
      let twice = 'allowed';
      try {
        commands.registerCommand('standIn.add', () => undefined).dispose();
      } catch {
        twice = 'refused';
      }
      const sum = await commands.executeCommand('standIn.add', 1, 2);
      registered.dispose();
      commands.registerCommand('standIn.add', () => undefined).dispose();
      return [sum, twice];
    },
    answer: [3, 'refused'],
  },
  {
    title: 'the file system writes, lists, tells of links and refuses by name',
    ask: async ({ workspace: { fs }, Uri, FileType, FileSystemError }) => {
      const folder = mkdtempSync(join(tmpdir(), 'generate-image-questions-'));
      try {
        const file = Uri.file(join(folder, 'deep', 'a.txt'));
        await fs.writeFile(file, new TextEncoder().encode('text'));
        const { type, size } = await fs.stat(file);
        const listed = await fs.readDirectory(Uri.file(folder));
        const refusals = [fs.stat(Uri.file(join(folder, 'none'))), fs.readFile(Uri.file(join(folder, 'none'))), fs.delete(Uri.file(join(folder, 'none')))];
        const codes = await Promise.all(refusals.map((each) => codeOf(each)));
        const isOwn = await fs.stat(Uri.file(join(folder, 'none'))).then(() => false, (error: unknown) => error instanceof FileSystemError);
        await fs.delete(Uri.file(join(folder, 'deep')), { recursive: true });
        return [type === FileType.File, size, listed, codes, isOwn, await fs.readDirectory(Uri.file(folder)), fs.isWritableFileSystem('file'), fs.isWritableFileSystem('nobody-serves-this')];
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    answer: [true, 4, [['deep', 2]], ['FileNotFound', 'FileNotFound', 'FileNotFound'], true, [], true, undefined],
  },
  {
    title: 'edits hold what is to be done',
    ask: ({ WorkspaceEdit, TextEdit, SnippetString, Uri, Range, Position }) => {
      const edit = new WorkspaceEdit();
      const uri = Uri.file('/a.md');
      edit.replace(uri, new Range(0, 0, 0, 1), 'x');
      const [first] = edit.get(uri);
      edit.set(uri, [TextEdit.insert(new Position(1, 0), 'y')]);
      return [between(first?.range), first?.newText, edit.has(uri), edit.size, edit.entries().map(([where, edits]) => [where.path, edits.map(({ range }) => between(range))]), new SnippetString('a').appendText('$1 {b} \\').value,
        new SnippetString().appendPlaceholder((inner) => inner.appendText('c}')).appendText('d').appendPlaceholder((inner) => inner.appendText('e')).value];
    },
    answer: ['0:0-0:1', 'x', true, 1, [['/a.md', ['0:0-0:1', '1:0-1:0']]], 'a\\$1 {b\\} \\\\', '${1:c\\}}d${2:e}'],
  },
  {
    title: 'languages are matched by name, scheme and pattern',
    ask: async ({ languages, workspace }) => {
      const document = await workspace.openTextDocument({ content: '', language: 'markdown' });
      return [{ language: 'markdown' }, { language: 'latex' }, { language: 'markdown', scheme: 'untitled' }, { scheme: 'file' }].map((selector) => languages.match(selector, document) > 0);
    },
    answer: [true, false, true, false],
  },
  {
    title: 'kinds and constants have the same values',
    ask: ({ CodeActionKind, DocumentDropOrPasteEditKind, ViewColumn, ProgressLocation, StatusBarAlignment, ConfigurationTarget, FileType, FilePermission, EndOfLine, DiagnosticSeverity, QuickPickItemKind, TextDocumentChangeReason, ThemeIcon }) => [
      CodeActionKind.QuickFix.value, DocumentDropOrPasteEditKind.Text.append('x').value, ViewColumn.Active, ViewColumn.Beside, ViewColumn.Three, ProgressLocation.Notification, StatusBarAlignment.Left, ConfigurationTarget.Global,
      FileType.Directory | FileType.SymbolicLink, FilePermission.Readonly, EndOfLine.CRLF, DiagnosticSeverity.Information, QuickPickItemKind.Separator, TextDocumentChangeReason.Redo, new ThemeIcon('star').id,
    ],
    answer: ['quickfix', 'text.x', -1, -2, 3, 15, 1, 1, 66, 1, 2, 2, -1, 2, 'star'],
  },
];

/** @throws AssertionError where the module answers otherwise */
export async function put({ ask, answer }: Question, module: Module): Promise<void> {
  deepEqual(await ask(module), answer);
}
