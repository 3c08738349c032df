import type { AllTexts } from '../../all.ts';

export const lesson: AllTexts['lesson'] = {
  lesson: '수업',
  stepOf: ({ step, steps }) => `${step} / ${steps}`,
  closeLesson: '수업 닫기',
  back: '이전',
  nextStep: (title) => `다음: ${title}`,
  next: '다음',
  goal: (goal) => `목표: ${goal}`,
  goalReached: (goal) => `목표 달성: ${goal}`,
  goals: {
    end: '학습의 끝',
    epoch: (epoch) => `에포크 ${epoch}`,
    atMost: ({ metric, bound }) => `${metric} ${bound} 이하`,
    atLeast: ({ metric, bound }) => `${metric} ${bound} 이상`,
  },
  setUpAgain: '다시 준비',
};
