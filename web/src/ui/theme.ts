import { createTheme, defaultVariantColorsResolver } from '@mantine/core';

const ACCENT = 'cyan';

/** Tokens of the design system: spacing 4 8 12 16 24, type 12 14 16 20 28, radius 6. */
export const theme = createTheme({
  primaryColor: ACCENT,
  primaryShade: { light: 9, dark: 3 },
  autoContrast: true,
  // The library has one text colour for both schemes: white on the light accent of the dark one.
  variantColorResolver(input) {
    const colors = defaultVariantColorsResolver(input);
    const isAccent = input.variant === 'filled' && (input.color ?? ACCENT) === ACCENT;
    return isAccent ? { ...colors, color: 'var(--accent-text)' } : colors;
  },
  defaultRadius: 'sm',
  radius: { sm: '6px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  fontSizes: { xs: '12px', sm: '14px', md: '16px', lg: '20px', xl: '28px' },
  lineHeights: { md: '1.45', sm: '1.45' },
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  respectReducedMotion: true,
});
