/* A cell of a category or of yes and no that is missing, and a text that training did not have. */
#define PERCEPTRON_MISSING (-1)
#define PERCEPTRON_UNKNOWN (-2)

/* Days from 1970-01-01 to a day of the Gregorian calendar: what columns of dates take. Add the time as a fraction. */
static inline double perceptron_days(int year, int month, int day) {
  long from_march = month > 2 ? year : year - 1;
  long era = (from_march >= 0 ? from_march : from_march - 399) / 400;
  long year_of_era = from_march - era * 400;
  long day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
  long day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return (double)(era * 146097 + day_of_era - 719468);
}

static inline char perceptron_lower(char letter) {
  return (char)(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
}

static inline int perceptron_same(const char *a, const char *b, int any_case) {
  for (; *a && *b; a++, b++) {
    if (any_case ? perceptron_lower(*a) != perceptron_lower(*b) : *a != *b) return 0;
  }
  return *a == *b;
}

/* The place of a text among levels: as it is, else in any case of the letters a to z where that is certain. */
static inline int perceptron_find(const char *text, const char *const *levels, int count) {
  int any_case, place, found;
  if (!text || !*text) return PERCEPTRON_MISSING;
  for (any_case = 0; any_case < 2; any_case++) {
    found = PERCEPTRON_UNKNOWN;
    for (place = 0; place < count; place++) {
      if (!perceptron_same(text, levels[place], any_case)) continue;
      if (found >= 0) return PERCEPTRON_UNKNOWN;
      found = place;
    }
    if (found >= 0) return found;
  }
  return PERCEPTRON_UNKNOWN;
}

/* Which feature of a category is 1; -1 for none. */
static inline int perceptron_place(int level, int count, int missing, int unknown) {
  if (level == PERCEPTRON_MISSING) return missing;
  return level >= 0 && level < count ? level : unknown;
}

static inline float perceptron_robust(double z) {
  if (fabs(z) <= 3.0) return (float)(z / sqrt(1.0 + z * z / 9.0));
  return (float)((z < 0.0 ? -3.0 : 3.0) / sqrt(1.0 + 9.0 / z / z));
}

static inline void perceptron_pieces(double value, const double *edges, int pieces, float *x) {
  int piece;
  for (piece = 0; piece < pieces; piece++) {
    double through = (value - edges[piece]) / (edges[piece + 1] - edges[piece]);
    x[piece] = (float)((through < 0.0 ? 0.0 : through > 1.0 ? 1.0 : through) - 0.5);
  }
}

/* How many of rising values are less than one, or at most as large. */
static inline int perceptron_count(const double *values, int count, double value, int or_equal) {
  int from = 0, to = count;
  while (from < to) {
    int middle = from + (to - from) / 2;
    if (values[middle] < value || (or_equal && values[middle] == value)) from = middle + 1;
    else to = middle;
  }
  return from;
}

/* The share of values below one; quantiles are evenly spaced, and for a value that several have it is the middle of them. */
static inline double perceptron_share(double value, const double *quantiles, int count) {
  int up_to = perceptron_count(quantiles, count, value, 1) - 1;
  int from = perceptron_count(quantiles, count, value, 0);
  double last = count - 1;
  if (from <= up_to) return count > 1 ? (from + up_to) / 2.0 / last : 0.5;
  if (up_to < 0) return 0.0;
  if (from >= count) return 1.0;
  return (up_to + (value - quantiles[up_to]) / (quantiles[from] - quantiles[up_to])) / last;
}

static inline double perceptron_ratio(const double *above, const double *below, double x) {
  double a = 0.0, b = 0.0;
  int power;
  for (power = 7; power >= 0; power--) {
    a = a * x + above[power];
    b = b * x + below[power];
  }
  return a / b;
}

/* The quantile of the normal distribution (algorithm AS 241, Wichura 1988), held within -3.1 and 3.1. */
static inline float perceptron_normal(double share) {
  static const double central[2][8] = {
    {3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
     67265.7709270087, 33430.57558358813, 2509.0809287301227},
    {1.0, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
     28729.085735721943, 5226.495278852854}};
  static const double outer[2][8] = {
    {1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
     0.2417807251774506, 0.022723844989269184, 0.0007745450142783414},
    {1.0, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
     0.0005475938084995344, 1.0507500716444169e-9}};
  double from_middle = share - 0.5, distance;
  if (fabs(from_middle) <= 0.425) {
    return (float)(from_middle * perceptron_ratio(central[0], central[1], 0.180625 - from_middle * from_middle));
  }
  share = from_middle < 0.0 ? share : 1.0 - share;
  distance = share < 1e-4 ? 3.1 : perceptron_ratio(outer[0], outer[1], sqrt(-log(share)) - 1.6);
  if (distance > 3.1) distance = 3.1;
  return (float)(from_middle < 0.0 ? -distance : distance);
}

/* Sine and cosine of where a day is in a turn of so many days. */
static inline void perceptron_turn(double day, double turn, float *x) {
  double angle = 6.283185307179586 * fmod(day, turn) / turn;
  x[0] = (float)sin(angle);
  x[1] = (float)cos(angle);
}

static inline void perceptron_dense(const float *x, int inputs, const float *weight, const float *bias, int outputs, float *z) {
  int o, i;
  for (o = 0; o < outputs; o++) {
    float sum = bias[o];
    for (i = 0; i < inputs; i++) sum += x[i] * weight[o * inputs + i];
    z[o] = sum;
  }
}

static inline void perceptron_scale(const float *x, int inputs, const float *scale, const float *shift, float *z) {
  int i;
  for (i = 0; i < inputs; i++) z[i] = x[i] * scale[i] + shift[i];
}

/* `count` cosines of each of the embedded inputs, then all inputs. */
static inline void perceptron_periodic(const float *x, int inputs, const int *embedded, int embeddings, int count,
                                       const float *frequency, const float *phase, float *z) {
  int o, i, cosines = embeddings * count;
  for (o = 0; o < cosines; o++) z[o] = cosf(6.2831853f * frequency[o] * x[embedded[o / count]] + phase[o]);
  for (i = 0; i < inputs; i++) z[cosines + i] = x[i];
}

#define PERCEPTRON_ACTIVATION(name, formula)                       \
  static inline void perceptron_##name(float *values, int count) { \
    int at;                                                        \
    for (at = 0; at < count; at++) {                               \
      float z = values[at];                                        \
      values[at] = formula;                                        \
    }                                                              \
  }
PERCEPTRON_ACTIVATION(step, z > 0.0f ? 1.0f : 0.0f)
PERCEPTRON_ACTIVATION(sigmoid, 1.0f / (1.0f + expf(-z)))
PERCEPTRON_ACTIVATION(tanh, tanhf(z))
PERCEPTRON_ACTIVATION(relu, z > 0.0f ? z : 0.0f)
PERCEPTRON_ACTIVATION(leaky_relu, z > 0.0f ? z : 0.01f * z)
PERCEPTRON_ACTIVATION(elu, z > 0.0f ? z : expm1f(z))
PERCEPTRON_ACTIVATION(gelu, 0.5f * z * (1.0f + erff(z * 0.70710678f)))
PERCEPTRON_ACTIVATION(silu, z / (1.0f + expf(-z)))
PERCEPTRON_ACTIVATION(softplus, fmaxf(z, 0.0f) + log1pf(expf(-fabsf(z))))
PERCEPTRON_ACTIVATION(mish, z * tanhf(fmaxf(z, 0.0f) + log1pf(expf(-fabsf(z)))))
#undef PERCEPTRON_ACTIVATION

static inline float perceptron_log_sum(const float *values, int count, int stride) {
  float largest = values[0], sum = 0.0f;
  int at;
  for (at = 1; at < count; at++) largest = fmaxf(largest, values[at * stride]);
  for (at = 0; at < count; at++) sum += expf(values[at * stride] - largest);
  return largest + logf(sum);
}

/* Outputs of members [member, output] become one in the first row: their mean. */
static inline void perceptron_average_values(float *z, const float *weights, int members, int outputs) {
  int m, o;
  for (o = 0; o < outputs; o++) {
    float sum = 0.0f;
    for (m = 0; m < members; m++) sum += weights[m] * z[m * outputs + o];
    z[o] = sum;
  }
}

/* The logits of the mean probabilities, output by output. */
static inline void perceptron_average_logistic(float *z, const float *weights, int members, int outputs) {
  int m, o;
  for (o = 0; o < outputs; o++) {
    float yes = 0.0f, no = 0.0f;
    for (m = 0; m < members; m++) {
      yes += weights[m] / (1.0f + expf(-z[m * outputs + o]));
      no += weights[m] / (1.0f + expf(z[m * outputs + o]));
    }
    z[o] = logf(fmaxf(yes, FLT_MIN)) - logf(fmaxf(no, FLT_MIN));
  }
}

/* The logs of the mean probabilities of a row. */
static inline void perceptron_average_softmax(float *z, const float *weights, int members, int outputs) {
  int m, o;
  for (m = 0; m < members; m++) {
    float share = logf(weights[m]) - perceptron_log_sum(z + m * outputs, outputs, 1);
    for (o = 0; o < outputs; o++) z[m * outputs + o] += share;
  }
  for (o = 0; o < outputs; o++) z[o] = perceptron_log_sum(z + o, members, outputs);
}

/* Probabilities from logits; from other outputs, shares of their sum. */
static inline void perceptron_softmax(const float *z, int outputs, float *shares) {
  float log_sum = perceptron_log_sum(z, outputs, 1);
  int o;
  for (o = 0; o < outputs; o++) shares[o] = expf(z[o] - log_sum);
}

static inline void perceptron_shares(int outputs, float *shares) {
  float sum = 0.0f;
  int o;
  for (o = 0; o < outputs; o++) sum += shares[o];
  for (o = 0; o < outputs; o++) shares[o] = sum > 0.0f ? shares[o] / sum : 1.0f / (float)outputs;
}

static inline float perceptron_within(float z, float least, float largest) {
  return z < least ? least : z > largest ? largest : z;
}

static inline int perceptron_largest(const float *z, int count) {
  int o, best = 0;
  for (o = 1; o < count; o++) if (z[o] > z[best]) best = o;
  return best;
}
