import { XMLParser } from 'fast-xml-parser';

/** Element of a message definition: name, occurrences, and a data type or child elements. */
export interface Rule {
  name: string;
  min: number;
  max: number;
  /** Checks the text; for elements without children. */
  type?: RegExp;
  children?: readonly Rule[];
  /** Exactly one of the children stands there. */
  isChoice?: boolean;
  /** Attributes that the element must have. */
  attributes?: Readonly<Record<string, RegExp>>;
}

/** Element of a document, in the order of the document. */
interface Element {
  name: string;
  attributes: Readonly<Record<string, string>>;
  text: string;
  children: readonly Element[];
}

type Raw = Record<string, unknown>;

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  ignoreDeclaration: true,
});

/** Reads a document with its elements in their order. */
export function elementsOf(document: string): Element[] {
  return (parser.parse(document) as Raw[]).map(elementOf);
}

function elementOf(raw: Raw): Element {
  const name = Object.keys(raw).find((key) => key !== ':@')!;
  const inside = raw[name] as Raw[];
  const texts = inside.filter((child) => '#text' in child);
  return {
    name,
    attributes: (raw[':@'] ?? {}) as Record<string, string>,
    text: texts.map((child) => String(child['#text'])).join(''),
    children: inside.filter((child) => !('#text' in child)).map(elementOf),
  };
}

/** Returns what contradicts the rules: unknown, missing, repeated, misplaced or wrong elements. */
export function faultsOf(element: Element, rule: Rule, path = rule.name): string[] {
  const faults = Object.entries(rule.attributes ?? {}).flatMap(([name, type]) =>
    type.test(element.attributes[name] ?? '') ? [] : [`${path}@${name}`],
  );
  if (rule.type)
    return rule.type.test(element.text) ? faults : [...faults, `${path}: ${element.text}`];
  const rules = rule.children ?? [];
  const places = element.children.map(({ name }) => rules.findIndex((one) => one.name === name));
  const isOrdered = places.every((place, at) => place >= 0 && place >= (places[at - 1] ?? 0));
  if (!isOrdered) faults.push(`${path}: order of ${element.children.map(({ name }) => name)}`);
  if (rule.isChoice && element.children.length !== 1) faults.push(`${path}: one of its choices`);
  for (const one of rules) {
    const found = element.children.filter(({ name }) => name === one.name);
    const min = rule.isChoice ? 0 : one.min;
    if (found.length < min || found.length > one.max) faults.push(`${path}/${one.name}: count`);
    for (const child of found) faults.push(...faultsOf(child, one, `${path}/${one.name}`));
  }
  return faults;
}
