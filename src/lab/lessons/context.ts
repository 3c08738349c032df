import { createContext } from '@lit/context';
import type { LessonController } from './controller.ts';

/** By which elements find the lesson that is followed. */
export const lessonsContext = createContext<LessonController>('lessons');
