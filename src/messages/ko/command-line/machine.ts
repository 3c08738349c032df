import type { Translation } from '../../../util/message.ts';
import type { machine as english } from '../../en/command-line/machine.ts';

export const machine: Translation<typeof english> = {
  graphics_device_missing: '이 컴퓨터에는 그래픽 장치가 없습니다',
  gpu_in_thread: 'Node의 WebGPU는 워커 스레드에서 동작하지 않습니다. 따로 띄운 프로세스에서 쓰세요',
  gpu_missing: '이 컴퓨터에는 WebGPU가 쓸 수 있는 GPU가 없습니다',
  gpu_missing_twice: ({ why }, say) => `이 컴퓨터에는 WebGPU가 쓸 수 있는 GPU가 없습니다. ${say(why)}`,
  package_missing: ({ name, version }) => `npm 패키지 ${name}이(가) 없습니다: npm install ${version}`,
  package_not_made: ({ name, platform }) => `npm 패키지 ${name}은(는) ${platform}용이 없습니다`,
  package_not_loaded: ({ name, detail }) => `npm 패키지 ${name}을(를) 여기서 불러올 수 없습니다: ${detail}`,
  package_not_unpacked: ({ name, part, detail, megabytes, folder }) =>
    `${name}의 압축을 풀 수 없습니다(${part}): ${detail}. ${folder}은(는) 쓸 수 있고 ${megabytes} MB가 비어 있어야 합니다`,
  software_gpu_missing: ({ name }) =>
    `소프트웨어 GPU도 없습니다. npm install ${name}을(를) 하거나 더 새로운 Vulkan 드라이버를 설치하세요`,
  software_gpu_not_made: ({ name, platform }) =>
    `소프트웨어 GPU도 없습니다. 더 새로운 Vulkan 드라이버를 설치하세요(${name}에는 ${platform}용이 없습니다)`,
  software_gpu_refused: ({ name }) => `${name}의 소프트웨어 GPU가 여기서는 시작되지 않습니다`,
  graphics_driver: '이 컴퓨터의 그래픽 드라이버',
  software_driver: '이 컴퓨터의 소프트웨어 드라이버',
  vulkan_driver: ({ file }) => `Vulkan 드라이버 ${file}`,
  packaged_driver: ({ name }) => `${name}의 SwiftShader`,
  chosen_browser_missing: ({ file }) =>
    `CHROME_PATH가 ${file}인데 실행할 수 있는 파일이 아닙니다. 고치거나 설정을 지우세요`,
  browser_missing: ({ name, platform }) =>
    `Chrome, Chromium, Edge를 찾지 못했고, ${name}은(는) 설치되지 않았거나 ${platform}용이 없습니다. CHROME_PATH를 브라우저의 실행 파일로 지정하세요`,
  browser_lacks_libraries: ({ name, names }) =>
    `${name}의 Chromium은 여기서 실행할 수 없습니다. 이 컴퓨터에 ${names.join(', ')}이(가) 없습니다. CHROME_PATH를 설치된 브라우저로 지정하세요`,
};
