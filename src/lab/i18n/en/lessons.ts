/** The list of lessons. Their titles, which stand in their files too, are here for links to them. */
export const lessons = {
  titles: {
    or: 'A perceptron learns OR',
    xor: 'It cannot learn XOR; two layers can',
    activations: 'The curve and four activations',
    optimizers: 'SGD, momentum, RMSprop, Adam',
    batches: 'Batch size',
    gradients: 'Vanishing gradients, and how the start answers',
  },
  title: 'Lessons',
  seeLesson: (title: string) => `Lesson: ${title}`,
  foundingReport: 'The founding report…',
};
