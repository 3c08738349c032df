/** What the site itself says, in each of its languages. */

export const languages = ['en', 'ko'] as const;

export type Language = (typeof languages)[number];

const en = {
  name: 'Perceptron Lab',
  docs: 'Docs',
  skip: 'Skip to the text',
  openLab: 'Open the lab',
  menu: 'Menu',
  closeMenu: 'Close the menu',
  navigation: 'Documentation',
  onThisPage: 'On this page',
  search: 'Search',
  otherLanguage: '한국어',
  onlyHere: '이 페이지는 영어로만 있습니다',
  previous: 'Previous',
  next: 'Next',
  neighbours: 'Previous and next page',
  source: 'Source of this page',
  notices: 'Licences of what this page is made with',
  reference: 'Reference',
  inEnglish: '',
  onlyInEnglish: '',
};

export type Words = typeof en;

const ko: Words = {
  name: 'Perceptron Lab',
  docs: '문서',
  skip: '본문으로 건너뛰기',
  openLab: '페이지 열기',
  menu: '목차',
  closeMenu: '목차 닫기',
  navigation: '문서 목차',
  onThisPage: '이 페이지의 내용',
  search: '검색',
  otherLanguage: 'English',
  onlyHere: '',
  previous: '이전',
  next: '다음',
  neighbours: '이전과 다음 페이지',
  source: '이 페이지의 원본',
  notices: '이 페이지에 쓰인 소프트웨어의 라이선스',
  reference: '참조',
  inEnglish: '영어',
  onlyInEnglish: '영어로만 있습니다',
};

export const words: Record<Language, Words> = { en, ko };
