import { parseDocument, type Document } from 'yaml';
import { committedText, type GeneratedFile } from './generated-file';

type Path = (string | number)[];

/** Place in a YAML document, or a function that finds the place in the document, and its value. */
export type YamlEdit = [path: Path | ((document: Document) => Path), value: unknown];

/**
 * Returns a YAML file that people write, with some values computed; comments and other values stay.
 * The file must not contain lists in brackets: the printer adds spaces inside them.
 */
export function editedYaml(path: string, edits: readonly YamlEdit[]): GeneratedFile {
  const document = parseDocument(committedText(path) ?? '');
  if (document.contents === null) throw new Error(`${path} is missing or empty`);
  for (const [place, value] of edits) {
    document.setIn(typeof place === 'function' ? place(document) : place, value);
  }
  return { path, text: document.toString({ lineWidth: 0, singleQuote: true }) };
}

/** Finds the value of the list entry with that name: `spec.metadata` of Dapr's components. */
export function valueNamed(list: Path, name: string): (document: Document) => Path {
  return (document) => {
    const { items } = document.getIn(list) as { items: { get(key: string): unknown }[] };
    const index = items.findIndex((item) => item.get('name') === name);
    if (index === -1) throw new Error(`No ${name} in ${list.join('.')}`);
    return [...list, index, 'value'];
  };
}
