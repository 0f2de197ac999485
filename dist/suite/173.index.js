export const id = 173;
export const ids = [173];
export const modules = {

/***/ 7173:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   mintToken: () => (/* binding */ mintToken)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(6421);
/* harmony import */ var _core_finding__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(6551);


/** Asks the runner for a new OIDC token. It masks the token by itself. */
async function mintToken(audience) {
    try {
        return await (0,_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getIDToken */ .V9)(audience);
    }
    catch (cause) {
        const message = `The runner gave no OIDC token: ${cause instanceof Error ? cause.message : String(cause)}`;
        const next = 'Give the job `permissions: id-token: write`; a called workflow also needs it from its caller.';
        throw new _core_finding__WEBPACK_IMPORTED_MODULE_1__/* .FindingError */ .Y([{ reason: 'credentials-missing', message, evidence: { audience }, next }], { cause });
    }
}


/***/ })

};
