export const id = 511;
export const ids = [511];
export const modules = {

/***/ 6511:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   createLogs: () => (/* binding */ createLogs)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_cloudwatch_logs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(303);
/* harmony import */ var _retry_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(4656);


function createLogs(session) {
    const { region, credentials, retry } = session;
    const client = new _aws_sdk_client_cloudwatch_logs__WEBPACK_IMPORTED_MODULE_1__/* .CloudWatchLogsClient */ .TFr({
        region,
        maxAttempts: 1,
        ...(credentials === undefined ? {} : { credentials }),
    });
    return {
        async tail(group, stream, lines) {
            const command = new _aws_sdk_client_cloudwatch_logs__WEBPACK_IMPORTED_MODULE_1__/* .GetLogEventsCommand */ .h7S({ logGroupName: group, logStreamName: stream, limit: lines });
            const { events } = await (0,_retry_js__WEBPACK_IMPORTED_MODULE_0__/* .withRetries */ .L)(retry, 'logs:GetLogEvents', 'any-number', () => client.send(command));
            return (events ?? []).map(event => event.message ?? '');
        },
    };
}


/***/ })

};
