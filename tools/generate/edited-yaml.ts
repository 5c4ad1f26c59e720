import { parseDocument, type Document } from 'yaml';
import { committedText, type GeneratedFile } from './generated-file';

type Path = (string | number)[];

/** A place in a YAML document, looked up in the document itself, and its value. */
export type YamlEdit = [path: Path | ((document: Document) => Path), value: unknown];

/**
 * A YAML file that people write, with some values computed: comments and all other values stay.
 * Such a file has no lists in brackets: the printer would put spaces into them.
 */
export function editedYaml(path: string, edits: readonly YamlEdit[]): GeneratedFile {
  const document = parseDocument(committedText(path) ?? '');
  if (document.contents === null) throw new Error(`${path} is missing or empty`);
  for (const [place, value] of edits) {
    document.setIn(typeof place === 'function' ? place(document) : place, value);
  }
  return { path, text: document.toString({ lineWidth: 0, singleQuote: true }) };
}

/** The value of the list's entry of that name: `spec.metadata` of Dapr's components. */
export function valueNamed(list: Path, name: string): (document: Document) => Path {
  return (document) => {
    const { items } = document.getIn(list) as { items: { get(key: string): unknown }[] };
    const index = items.findIndex((item) => item.get('name') === name);
    if (index === -1) throw new Error(`No ${name} in ${list.join('.')}`);
    return [...list, index, 'value'];
  };
}
