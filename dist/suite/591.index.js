export const id = 591;
export const ids = [591];
export const modules = {

/***/ 7591:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   assumeWithToken: () => (/* binding */ assumeWithToken)
/* harmony export */ });
/* harmony import */ var _aws_sdk_client_sts__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1695);
/* harmony import */ var _errors_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(975);


/** Exchanges an OIDC token for credentials of the role. The call itself is unsigned. */
async function assumeWithToken(region, role, sessionName, token) {
    const action = 'sts:AssumeRoleWithWebIdentity';
    const client = new _aws_sdk_client_sts__WEBPACK_IMPORTED_MODULE_1__/* .STSClient */ .iM({ region });
    const command = new _aws_sdk_client_sts__WEBPACK_IMPORTED_MODULE_1__/* .AssumeRoleWithWebIdentityCommand */ .WH({
        RoleArn: role,
        RoleSessionName: sessionName,
        WebIdentityToken: token,
    });
    const { Credentials: issued } = await client.send(command);
    if (issued?.AccessKeyId === undefined || issued.SecretAccessKey === undefined) {
        throw new _errors_js__WEBPACK_IMPORTED_MODULE_0__/* .AwsCallError */ .i('no-credentials', 'EmptyAnswer', action, `STS answered without credentials for ${role}.`);
    }
    return {
        accessKeyId: issued.AccessKeyId,
        secretAccessKey: issued.SecretAccessKey,
        ...(issued.SessionToken === undefined ? {} : { sessionToken: issued.SessionToken }),
        ...(issued.Expiration === undefined ? {} : { expiration: issued.Expiration }),
    };
}


/***/ })

};
