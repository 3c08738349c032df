import { textOf } from '../text.ts';

/** The lesson that is followed: what a step has set up, and what to look at or try. Tested to be true. */
export const lesson = {
  steps: {
    or: {
      perceptron: {
        title: 'One unit and a threshold',
        says: 'The oldest network: a weighted sum of two inputs, and 1 if it is above 0. The perceptron rule moves the weights only when a row is wrong; soon all 4 rows are right and the loss stays at 0.',
        try: 'Try another seed: the way differs, the end does not.',
      },
      logistic: {
        title: 'The same unit with a smooth loss',
        says: 'A probability in place of the threshold. Again all 4 rows are right, but now the loss keeps falling: being right with more certainty counts too.',
        try: 'Move the learning rate while it trains, and watch the slope of the loss change.',
      },
    },
    xor: {
      perceptron: {
        title: 'A perceptron fails',
        says: 'XOR is 1 where exactly one input is 1. One unit draws one straight line, and no line has both 1s on one side and both 0s on the other: at least one of the 4 rows is always wrong.',
        try: 'Train longer, or with another seed: accuracy never gets above 0.75.',
      },
      logistic: {
        title: 'So does a smooth one',
        says: 'It is not the rule that fails but the shape. With a smooth loss the single unit ends at a loss of ln 2 = 0.693: every answer is a coin toss.',
        try: 'Add a hidden layer with + Layer before going on.',
      },
      hidden: {
        title: 'A hidden layer succeeds',
        says: 'Eight tanh units in between: each draws a line of its own, and the output puts them together. All 4 rows are right.',
        try: 'Drag the hidden layer narrower in the diagram: how few units are enough?',
      },
    },
    activations: {
      sigmoid: {
        title: 'sigmoid',
        says: 'A curve of one variable, and two hidden layers of 32. Sigmoid has small slopes, so learning is slow: after 100 epochs the curve is still too flat.',
        try: 'Go on to tanh with everything else the same, and compare the losses at the same epoch.',
      },
      tanh: {
        title: 'tanh',
        says: 'Steeper and centred on 0. The same network and the same steps reach the noise of the data: validation RMSE near 0.1, less than half of what sigmoid had.',
        try: 'Compare the two slopes: the button beside the activation draws all ten.',
      },
      relu: {
        title: 'relu',
        says: 'Straight on both sides of 0, and fastest here: after some 35 epochs it is where tanh is after 100. Its curve is made of straight pieces.',
        try: 'Make the layers 4 units wide and look for the corners.',
      },
      leaky_relu: {
        title: 'leaky_relu',
        says: 'Relu with a slope of 0.01 below 0, so that no unit stays dead. On this curve it does as well as relu: dead units were not what held it back.',
        try: 'Look at the numbers with more seeds before calling one of the two better.',
      },
    },
    optimizers: {
      sgd: {
        title: 'SGD',
        says: 'One network, four ways to step, all with learning rate 0.01. Plain gradient descent takes the slope as it is: after 60 epochs it is still far from the noise.',
        try: 'Raise the learning rate as it trains: how far before the loss jumps?',
      },
      momentum: {
        title: 'Momentum',
        says: 'Each step carries nine tenths of the last. Where the slope keeps its direction this adds up to ten times the step, and the loss falls several times as far.',
        try: 'Set momentum to 0.99 while it trains.',
      },
      rmsprop: {
        title: 'RMSprop',
        says: 'Every weight’s step is divided by the usual size of its own gradient. It is fast from the start, but the steps stay large: the loss jitters more than any other here.',
        try: 'Bring the learning rate down as it trains, and the jitter goes.',
      },
      adam: {
        title: 'Adam',
        says: 'Both ideas together: momentum, and steps divided by the size of the gradient. As fast as RMSprop and much steadier.',
        try: 'Try learning rates from 0.0001 to 0.1: which optimizer minds least?',
      },
    },
    batches: {
      small: {
        title: '4 rows a step',
        says: '300 training rows make 75 steps an epoch. Each step sees little and is noisy, but there are many: 10 epochs are enough to come near the noise of the data.',
        try: 'Watch the losses wobble: that is the noise of the small batches.',
      },
      whole: {
        title: 'All rows in one step',
        says: 'One exact step an epoch, with the same learning rate. Epochs go by faster, but 100 epochs are only 100 steps, and the loss is still several times higher.',
        try: 'Compare by epochs, then by seconds: which is faster on your machine?',
      },
      faster: {
        title: 'Exact steps may be longer',
        says: 'The same whole batch with ten times the learning rate: now 100 steps reach the noise too. Batch size and learning rate belong together.',
        try: 'Give the batch of 4 that learning rate, and see why it cannot have it.',
      },
    },
    gradients: {
      sigmoid: {
        title: 'Six layers of sigmoid',
        says: 'On its way back the gradient is multiplied by a slope of at most a quarter in each layer. The first layer gets less than a hundredth of what the last hidden layer gets, and the network never leaves the mean.',
        try: 'Take layers away one by one: with how many does it begin to learn?',
      },
      tanh: {
        title: 'Six layers of tanh',
        says: 'Slope 1 at 0, and glorot_normal chooses weights that keep the size of signals: first and last layer get gradients of like size, and the same depth learns.',
        try: 'Compare the gradient norms of first and last layer, and go back to sigmoid to see them side by side.',
      },
      zeros: {
        title: 'A start from zeros',
        says: 'Relu with all weights 0: every unit answers 0, and no gradient reaches any weight. Only the last bias learns, and that is the mean.',
        try: 'Any random start breaks the tie: choose lecun_normal under Initializer.',
      },
      he: {
        title: 'Relu with he_normal',
        says: 'Relu passes half of what it gets, so he_normal doubles the variance of the weights. The first layer gets about a tenth to a half of what the last hidden layer gets, and the network learns.',
        try: 'Add six more layers: does it still learn?',
      },
    },
  },
  lesson: 'Lesson',
  stepOf: ({ step, steps }: { step: number; steps: number }) => `${step} of ${steps}`,
  closeLesson: 'Close the lesson',
  back: 'Back',
  nextStep: (title: string) => `Next: ${title}`,
  next: 'Next',
  setUpAgain: 'Set up again',
};

export const lessonText = textOf('lesson', lesson);
