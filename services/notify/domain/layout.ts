import { escapeHtml } from '../../shared/kernel/html';

/** Readable without any style sheet: letters are read on phones, in the dark, by screen readers. */
const BODY_STYLE = 'font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1.5em auto';

/** Paragraphs as plain text. */
export function layPlain(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}

/** Paragraphs as a small HTML document; what they say is escaped. */
export function layHtml(language: string, paragraphs: readonly string[]): string {
  const body = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join('\n');
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"></head>
<body style="${BODY_STYLE}">
${body}
</body>
</html>
`;
}
