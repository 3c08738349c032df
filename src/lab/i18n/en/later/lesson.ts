import { textOf } from '../../text.ts';

/** Around the step of the lesson that is followed. */
export const lesson = {
  lesson: 'Lesson',
  stepOf: ({ step, steps }: { step: number; steps: number }) => `${step} of ${steps}`,
  closeLesson: 'Close the lesson',
  back: 'Back',
  nextStep: (title: string) => `Next: ${title}`,
  next: 'Next',
  goal: (goal: string) => `Goal: ${goal}`,
  goalReached: (goal: string) => `Goal reached: ${goal}`,
  goals: {
    end: 'the end of the run',
    epoch: (epoch: number) => `epoch ${epoch}`,
    atMost: ({ metric, bound }: { metric: string; bound: number }) => `${metric} of at most ${bound}`,
    atLeast: ({ metric, bound }: { metric: string; bound: number }) => `${metric} of at least ${bound}`,
  },
  setUpAgain: 'Set up again',
};

export const lessonText = textOf('lesson', lesson);
