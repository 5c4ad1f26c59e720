import { XMLBuilder, XMLParser, XMLValidator } from 'fast-xml-parser';

const ATTRIBUTE = '@';
const PREFIX = /^[^:]*:/;
/** Deeper than any ISO 20022 message; a document nested deeper is refused. */
const MAX_DEPTH = 30;
/** A document type declares entities: files of the server (XXE), or billions of laughs. */
const DECLARATION = /<!(?:DOCTYPE|ENTITY)/i;
/** Delimiters of what is taken literally: comments and CDATA sections. */
const LITERALS = [
  ['<!--', '-->'],
  ['<![CDATA[', ']]>'],
] as const;
/** References that are no entity of XML itself (XML 1.0, section 4.6) and no character. */
const FOREIGN_ENTITY = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});)/i;

const builder = new XMLBuilder({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  format: true,
  indentBy: ' ',
});

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: ATTRIBUTE,
  // `removeNSPrefix` would also drop the namespace itself, which names the message.
  transformTagName: (name) => name.replace(PREFIX, ''),
  // A reference number is text: `007` is not 7.
  parseTagValue: false,
  parseAttributeValue: false,
  ignoreDeclaration: true,
  ignorePiTags: true,
  maxNestedTags: MAX_DEPTH,
});

/** Writes a tree as an XML document in UTF-8; its keys are elements, `@` marks attributes. */
export function writeXml(tree: unknown): string {
  return builder.build(tree);
}

/**
 * Reads an XML document as a tree, without namespace prefixes; the text of elements stays text.
 * Returns null when the document is not well-formed, declares a document type, or has entities
 * other than XML's own.
 */
export function readXml(text: string): unknown {
  if (DECLARATION.test(text) || FOREIGN_ENTITY.test(withoutLiterals(text))) return null;
  if (XMLValidator.validate(text) !== true) return null;
  try {
    const tree = parser.parse(text) as object;
    return Object.keys(tree).length === 1 ? tree : null;
  } catch {
    // The library throws for names and depths that it refuses.
    return null;
  }
}

/** Cuts comments and CDATA sections out, in linear time: a pattern would search again and again. */
function withoutLiterals(text: string): string {
  const kept: string[] = [];
  let at = 0;
  for (;;) {
    const start = text.indexOf('<!', at);
    if (start < 0) break;
    kept.push(text.slice(at, start));
    const end = LITERALS.find(([opening]) => text.startsWith(opening, start))?.[1];
    const closed = end === undefined ? start : text.indexOf(end, start);
    if (closed < 0) break;
    at = closed + (end ?? '<!').length;
  }
  return kept.join('') + text.slice(at);
}
