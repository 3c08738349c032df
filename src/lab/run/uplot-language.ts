/**
 * uPlot makes a number format for `navigator.language` when it is loaded, and throws where that is no language tag:
 * Chromium on Linux under the POSIX locale says `en-US@posix`. Called before uPlot is loaded.
 */
export function mendLanguage(): void {
  try {
    Intl.getCanonicalLocales(navigator.language);
  } catch {
    const value = navigator.language.split('@')[0];
    Object.defineProperty(navigator, 'language', { value, configurable: true });
  }
}
