import { escapeHtml } from '../../shared/kernel/html';

/** No colours, no style sheet: letters are read on phones, in dark mode, by screen readers. */
const BODY_STYLE = 'font: 16px/1.5 system-ui, sans-serif; max-width: 36em; margin: 1.5em auto';

/** Lays paragraphs out as plain text. */
export function layPlain(paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}

/** Lays paragraphs out as a small HTML document; escapes them. */
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
