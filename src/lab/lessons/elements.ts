/** What comes with the first lesson that is opened. */
import { defineOnce } from '../ui/define-once.ts';
import { LabLesson } from './lab-lesson.ts';

export { builtIn, fetchTable, fileNameOf, findLesson } from './find.ts';
export { isReached } from './goal.ts';
export { readLesson } from './read.ts';

export function defineLessonElements(): void {
  defineOnce('lab-lesson', LabLesson);
}
