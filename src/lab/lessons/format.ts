/** By what the file of a lesson is told from a table, before the rest of lessons is loaded. */

export const lessonFormat = 'perceptron-lab lesson';

const beginning = new RegExp(`^\\s*\\{[\\s\\S]*?"format"\\s*:\\s*"${lessonFormat}"`);
const beginningLength = 1000;

/** By its name, or by what it begins with. */
export async function isLesson(file: File): Promise<boolean> {
  if (file.name.endsWith('.lesson.json')) return true;
  try {
    return beginning.test(await file.slice(0, beginningLength).text());
  } catch (error) {
    // Whoever reads the table says that it cannot be read.
    console.info('The file cannot be looked into:', error);
    return false;
  }
}
