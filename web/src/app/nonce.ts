import { setNonce } from 'get-nonce';

/** Nonce of this answer's policy, put into the page by the gateway. */
function readNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

/** The nonce that style elements carry. */
export const nonce = readNonce();

// Dialogs lock scrolling by a style element of their own.
setNonce(nonce);
