"""Token functions: names by which contracts make units, say who may, or do what makes none.

A contract's public functions are known by the first four bytes of the hash of each signature, so that names
can be looked for in code of which nobody has published the source. Sources: EIP-20, -173, -612, -2612, -5805
and -7802; OpenZeppelin Contracts 2.x–5.x (token, access, governance, utils); MakerDAO's DSToken; Circle's
FiatToken; Tether's TetherToken; the public templates of taxed tokens whose functions set taxes and limits.
"""

from typing import Final

MINTS: Final = (
    *("mint(address,uint256)", "mint(uint256)", "mint(address)", "mint()", "mint(uint256,address)"),
    *("mintTo(address,uint256)", "mintTo(address)", "mintFor(address,uint256)", "_mint(address,uint256)"),
    *("issue(uint256)", "issue(address,uint256)", "generateTokens(address,uint256)", "ownerMint(uint256)"),
    *("ownerMint(address,uint256)", "adminMint(address,uint256)", "mintToken(address,uint256)"),
    *("mintTokens(address,uint256)", "mintTokens(uint256)", "increaseSupply(uint256)"),
    *("increaseSupply(address,uint256)", "createTokens(address,uint256)", "crosschainMint(address,uint256)"),
    *("bridgeMint(address,uint256)", "mint(address,uint256,bytes)", "mint(bytes32,address,uint256)"),
    *("mint(address[],uint256[])", "batchMint(address[],uint256[])", "mintBatch(address[],uint256[])"),
    "deposit(address,bytes)",  # of Polygon's child tokens: its bridge mints by it
)
"""Functions that make units."""

MINTERS: Final = (
    *("minter()", "masterMinter()", "getMinter()", "bridge()", "l2Bridge()", "gateway()", "l2Gateway()"),
    *("childChainManagerProxy()", "controller()"),
)
"""Getters that name the one who may make units."""

MINTER_ROLES: Final = (
    *("hasRole(bytes32,address)", "MINTER_ROLE()", "isMinter(address)", "minters(address)"),
    *("minterAllowance(address)", "wards(address)", "authority()", "rely(address)", "addMinter(address)"),
    *("setMinter(address)", "authorized(address)", "isAuthorized(address)", "admins(address)"),
    *("isOperator(address)", "operator()", "governance()", "admin()", "dao()", "treasury()"),
)
"""Functions of contracts in which others than an owner may be allowed to."""

BLACKLISTS: Final = (
    *("blacklist(address)", "addBlackList(address)", "blacklist(address,bool)", "setBlacklist(address,bool)"),
    *("addBots(address[])", "addBot(address)", "addBots(address[],bool)", "manageBots(address[],bool)"),
    *(
        "setBots(address[])",
        "setBot(address,bool)",
        "blacklistAddress(address,bool)",
        "setBots(address[],bool)",
    ),
    *("blacklistAccount(address,bool)", "addToBlacklist(address)", "freeze(address)", "blockBots(address[])"),
)
"""Functions that shut out an address."""

WITHOUT_MINTING: Final = (
    *BLACKLISTS,
    # EIP-20 and what is customary beside.
    *("name()", "symbol()", "decimals()", "totalSupply()", "balanceOf(address)", "version()"),
    *("transfer(address,uint256)", "transferFrom(address,address,uint256)", "approve(address,uint256)"),
    *("allowance(address,address)", "increaseAllowance(address,uint256)"),
    *("decreaseAllowance(address,uint256)", "increaseApproval(address,uint256)"),
    *("decreaseApproval(address,uint256)", "approveAndCall(address,uint256,bytes)"),
    *("approveMax(address)", "burn(uint256)", "burnFrom(address,uint256)", "burn(address,uint256)"),
    *("cap()", "maxSupply()", "MAX_SUPPLY()", "INITIAL_SUPPLY()", "initialSupply()", "_totalSupply()"),
    *("circulatingSupply()", "getCirculatingSupply()", "_decimals()", "_name()", "_symbol()"),
    *("supportsInterface(bytes4)", "DEAD()", "ZERO()", "deadAddress()", "WETH()"),
    # Ownership, EIP-173.
    *("owner()", "getOwner()", "_owner()", "renounceOwnership()", "transferOwnership(address)"),
    *("pendingOwner()", "acceptOwnership()", "isOwner()", "isOwner(address)", "claimOwnership()"),
    *("mintingFinished()", "finishMinting()", "finishMint()", "reclaimToken(address)"),
    # Signed approvals and votes.
    *("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)", "nonces(address)"),
    *("DOMAIN_SEPARATOR()", "PERMIT_TYPEHASH()", "DOMAIN_TYPEHASH()", "eip712Domain()"),
    *("delegate(address)", "delegates(address)", "getVotes(address)", "getPastVotes(address,uint256)"),
    *("getPastTotalSupply(uint256)", "numCheckpoints(address)", "checkpoints(address,uint32)"),
    *("delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)", "getCurrentVotes(address)"),
    *("getPriorVotes(address,uint256)", "clock()", "CLOCK_MODE()", "DELEGATION_TYPEHASH()"),
    # Pausing and lists.
    *("pause()", "unpause()", "paused()", "blacklist(address)", "unblacklist(address)"),
    *("blacklists(address)", "isBlacklisted(address)", "isBlackListed(address)", "addBlackList(address)"),
    *("removeBlackList(address)", "blacklist(address,bool)", "setBlacklist(address,bool)"),
    *("addBots(address[])", "delBots(address[])", "delBot(address)", "isBot(address)", "bots(address)"),
    *("setBots(address[])", "addBot(address)", "addBots(address[],bool)", "manageBots(address[],bool)"),
    *("setRule(bool,address,uint256,uint256)", "limited()", "limit()", "maxHoldingAmount()"),
    *("minHoldingAmount()", "whitelist(address)", "setWhitelist(address,bool)"),
    # Trading, taxes and limits.
    *("openTrading()", "enableTrading()", "tradingOpen()", "tradingActive()", "tradingEnabled()"),
    *("setTradingEnabled(bool)", "startTrading()", "launch()", "launchBlock()", "launchedAt()"),
    *(
        "removeLimits()",
        "removeLimit()",
        "limitsInEffect()",
        "removeTransferDelay()",
        "disableTransferDelay()",
    ),
    *("transferDelayEnabled()", "_maxTxAmount()", "maxTxAmount()", "_maxWalletSize()", "maxWalletSize()"),
    *("maxWallet()", "maxWalletAmount()", "_maxWalletAmount()", "maxTransactionAmount()", "maxTransaction()"),
    *(
        "_maxTaxSwap()",
        "_taxSwapThreshold()",
        "swapTokensAtAmount()",
        "swapThreshold()",
        "numTokensSellToAddToLiquidity()",
    ),
    *("setMaxTxAmount(uint256)", "setMaxWalletSize(uint256)", "setMaxWalletAmount(uint256)"),
    *("updateMaxTxnAmount(uint256)", "updateMaxWalletAmount(uint256)", "updateSwapTokensAtAmount(uint256)"),
    *("setSwapThreshold(uint256)", "setMaxTxnAmount(uint256)", "setSwapTokensAtAmount(uint256)"),
    *("_isExcludedMaxTransactionAmount(address)", "isExcludedFromMaxTransaction(address,bool)"),
    *("excludeFromMaxTransaction(address,bool)", "isExcludedFromFees(address)", "isExcludedFromFee(address)"),
    *("excludeFromFees(address,bool)", "excludeFromFee(address)", "includeInFee(address)"),
    *("isFeeExempt(address)", "setIsFeeExempt(address,bool)", "isTxLimitExempt(address)"),
    *("setIsTxLimitExempt(address,bool)", "buyTotalFees()", "sellTotalFees()", "totalFees()", "totalFee()"),
    *("buyTax()", "sellTax()", "buyFee()", "sellFee()", "_buyTax()", "_sellTax()", "taxFee()", "_taxFee()"),
    *("_liquidityFee()", "liquidityFee()", "marketingFee()", "buyMarketingFee()", "sellMarketingFee()"),
    *(
        "buyLiquidityFee()",
        "sellLiquidityFee()",
        "buyDevFee()",
        "sellDevFee()",
        "devFee()",
        "feeDenominator()",
    ),
    *("tokensForLiquidity()", "tokensForMarketing()", "tokensForDev()", "transferTax()"),
    *("updateBuyFees(uint256,uint256,uint256)", "updateSellFees(uint256,uint256,uint256)"),
    *(
        "setTaxes(uint256,uint256)",
        "setFees(uint256,uint256)",
        "setFee(uint256,uint256)",
        "setTax(uint256,uint256)",
    ),
    *("reduceFee(uint256)", "reduceTax(uint256)", "removeTax()", "setBuyTax(uint256)", "setSellTax(uint256)"),
    *("marketingWallet()", "devWallet()", "taxWallet()", "_taxWallet()", "marketingAddress()"),
    *("setMarketingWallet(address)", "updateMarketingWallet(address)", "updateDevWallet(address)"),
    *("setDevWallet(address)", "setTaxWallet(address)", "uniswapV2Pair()", "uniswapV2Router()"),
    *("uniswapPair()", "pair()", "router()", "uniswapV2Factory()", "automatedMarketMakerPairs(address)"),
    *("setAutomatedMarketMakerPair(address,bool)", "swapEnabled()", "updateSwapEnabled(bool)"),
    *("setSwapEnabled(bool)", "swapAndLiquifyEnabled()", "setSwapAndLiquifyEnabled(bool)", "manualSwap()"),
    *("manualswap()", "manualSend()", "manualsend()", "manualSwap(uint256)", "inSwap()", "swapping()"),
    *(
        "rescueETH()",
        "withdrawStuckETH()",
        "withdrawStuckEth()",
        "clearStuckBalance()",
        "rescueERC20(address,uint256)",
    ),
    *(
        "withdrawStuckToken(address,address)",
        "recoverERC20(address,uint256)",
        "transferForeignToken(address,address)",
    ),
    *(
        "deadBlocks()",
        "cooldownTimerInterval()",
        "buyCooldownEnabled()",
        "preventSwapBefore()",
        "_preventSwapBefore()",
    ),
    # Roles, in so far as they are asked about and given up.
    *("DEFAULT_ADMIN_ROLE()", "getRoleAdmin(bytes32)", "grantRole(bytes32,address)"),
    *("revokeRole(bytes32,address)", "renounceRole(bytes32,address)", "PAUSER_ROLE()", "BURNER_ROLE()"),
    *("getRoleMember(bytes32,uint256)", "getRoleMemberCount(bytes32)", "renounceMinter()"),
)
"""Functions that make no units where they do what their names say."""
