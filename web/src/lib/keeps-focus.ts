/** State of a navigation after which the page itself says where the focus and the scroll are. */
export const KEEPS_FOCUS = { keepsFocus: true };
