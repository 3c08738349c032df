/** What the page says once a script runs. */
const en = {
  search: 'Search the documentation',
  close: 'Close',
  noWords: 'Type a word: a setting, a command, a function.',
  none: (query: string) => `Nothing has “${query}”.`,
  found: (count: number) => (count === 1 ? '1 place' : `${count} places`),
  failed: 'The index of the search could not be loaded.',
  copy: 'Copy',
  copied: 'Copied',
};

const ko: typeof en = {
  search: '문서 검색',
  close: '닫기',
  noWords: '설정, 명령, 함수 이름 등 찾을 낱말을 입력하십시오.',
  none: (query) => `“${query}”에 맞는 곳이 없습니다.`,
  found: (count) => `${count}곳`,
  failed: '검색 색인을 불러오지 못했습니다.',
  copy: '복사',
  copied: '복사했습니다',
};

export const words = document.documentElement.lang === 'ko' ? ko : en;
