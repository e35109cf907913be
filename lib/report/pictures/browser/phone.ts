/** Whether the screen is as narrow as a phone's; paper is not meant. The style sheet says the same. */
export const phone = window.matchMedia('screen and (max-width: 760px)');
