// One still picture from the camera. Refusals come back as sentences, never as exceptions.
export async function start(video) {
  if (!navigator.mediaDevices?.getUserMedia) {
    return { refusal: 'Browsers share the camera only with https or localhost pages. Open this page there, or choose a file.' };
  }
  try {
    video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 1280 }, facingMode: 'environment' }, audio: false });
    await video.play();
    return { refusal: null };
  } catch (error) {
    stop(video);
    return { refusal: refusalOf(error) };
  }
}

export async function capture(video) {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  return await new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.92));
}

export function stop(video) {
  for (const track of video.srcObject?.getTracks() ?? []) {
    track.stop();
  }
  video.srcObject = null;
}

function refusalOf(error) {
  switch (error.name) {
    case 'NotAllowedError': return 'The camera was not allowed. Allow it in the address bar and try again, or choose a file.';
    case 'NotFoundError': return 'No camera was found. Connect one and try again, or choose a file.';
    case 'NotReadableError': return 'The camera is in use by another program. Close it and try again, or choose a file.';
    default: return 'The camera did not start. Try again, or choose a file.';
  }
}
