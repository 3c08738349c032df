/** Tells the page something. What it cannot take is no trouble of what trains, which goes on and tells it the next. */
export async function told(tell: () => Promise<void> | void): Promise<void> {
  try {
    await tell();
  } catch (error) {
    console.warn('The page could not take it:', error);
  }
}
