import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { docRules } from '../../test/tidy/docs';
import { nameRules } from '../../test/tidy/names';
import { syntaxRules } from '../../test/tidy/syntax';
import { textRules } from '../../test/tidy/text';
import { ROOT } from '../stack/folders';
import { applyEdit, editsFor } from './edits';
import { filesOf, type NewFile, type NewService } from './files';

const kinds: NewService[] = [
  { name: 'roost', hasDatabase: true },
  { name: 'roost', hasDatabase: false },
];

/** Everything that `npm run new:service` would write, formatting apart. */
function writtenFor(service: NewService): NewFile[] {
  const texts = new Map(filesOf(service).map(({ path, text }) => [path, text]));
  for (const edit of editsFor(service)) {
    const text = texts.get(edit.path) ?? readFileSync(join(ROOT, edit.path), 'utf8');
    texts.set(edit.path, applyEdit(text, edit));
  }
  return [...texts].map(([path, text]) => ({ path, text }));
}

/** What the compiler says of these files, beside the repository as it is. */
function faultsOf(files: NewFile[]): string[] {
  const texts = new Map(files.map(({ path, text }) => [join(ROOT, path), text]));
  const folders = new Set([...texts.keys()].map((path) => dirname(path)));
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, incremental: false, tsBuildInfoFile: undefined },
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, directoryExists, getSourceFile } = host;
  host.readFile = (path) => texts.get(path) ?? readFile(path);
  host.fileExists = (path) => texts.has(path) || fileExists(path);
  host.directoryExists = (path) => folders.has(path) || directoryExists!(path);
  host.getSourceFile = (path, ...rest) => {
    const text = texts.get(path);
    if (text !== undefined)
      return ts.createSourceFile(path, text, ...(rest.slice(0, 1) as [never]));
    return getSourceFile(path, ...rest);
  };
  const code = [...texts.keys()].filter((path) => path.endsWith('.ts'));
  const program = ts.createProgram(code, options, host);
  return ts.getPreEmitDiagnostics(program).map(({ file, messageText }) => {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    return `${file?.fileName}: ${message}`;
  });
}

describe.each(kinds)('a new service with hasDatabase: $hasDatabase', (service) => {
  const files = writtenFor(service);

  it('compiles, with everything that names it', () => {
    expect(faultsOf(files)).toEqual([]);
  });

  it('keeps the rules of tidiness', () => {
    const own = files.filter(({ path }) => path.startsWith(`services/${service.name}/`));
    const rules = [...nameRules, ...textRules, ...syntaxRules, ...docRules];
    expect(rules.flatMap(({ faults }) => faults(own))).toEqual([]);
  });

  it('has the files of its kind, and no place left to fill in', () => {
    const paths = files.map(({ path }) => path);
    expect(paths).toContain('services/roost/roost.component.test.ts');
    expect(paths.includes('services/roost/migrations/0001-create-roost.ts')).toBe(
      service.hasDatabase,
    );
    // Edited files may have such places of their own: those of Prometheus, for instance.
    for (const { text } of filesOf(service)) expect(text).not.toMatch(/\{\{|NAME/);
  });
});

it('refuses to guess where a service is named', () => {
  const edit = { path: 'a.ts', place: '];', text: 'x];' };
  expect(() => applyEdit('const a = 1;', edit)).toThrow('exactly once');
  expect(() => applyEdit('const a = []; const b = [];', edit)).toThrow('exactly once');
});
