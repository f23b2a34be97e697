using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Data;
using ModerationConsole.Core.People;
using ModerationConsole.Core.People.Factors;

namespace ModerationConsole.Web.Security;

/// <summary>
/// The exchange with a browser in which a passkey is made or used: a challenge, and an answer that the framework checks (WebAuthn).
/// What belongs to the challenge is kept in the browser, protected, for five minutes.
/// </summary>
internal sealed class PasskeyExchange(
    IDbContextFactory<ConsoleDbContext> contexts, Accounts accounts, IOptions<IdentityPasskeyOptions> options, IDataProtectionProvider protection,
    TimeProvider clock)
{
    /// <summary>Name of the cookie.</summary>
    public const string CookieName = "moderation-console-passkey";

    private const string Making = "make";

    // What browsers send is a few kilobytes.
    private const int LongestAnswer = 20_000;

    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("ModerationConsole.Passkey").ToTimeLimitedDataProtector();

    /// <summary>Sets what passkeys must be: of this console's own address, with their user verified each time.</summary>
    public static void Shape(IdentityPasskeyOptions options)
    {
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        // Not by the Origin header: pages here send none with a form, since they send no referrer.
        options.ValidateOrigin = context => ValueTask.FromResult(
            !context.CrossOrigin && context.Origin == $"{context.HttpContext.Request.Scheme}://{context.HttpContext.Request.Host}");
    }

    /// <summary>What the browser needs to make a passkey for a person.</summary>
    public Task<string> BeginMakingAsync(HttpContext context, Guid personId, string email, string name) => WithHandlerAsync(async handler =>
    {
        PasskeyCreationOptionsResult made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = personId.ToString(), Name = email, DisplayName = name }, context);
        Keep(context, Making, made.AttestationState);
        return made.CreationOptionsJson;
    });

    /// <summary>What the browser needs to use a passkey, whosever it is.</summary>
    /// <param name="session">The session in which its person proves who they are; null to sign in.</param>
    public Task<string> BeginUsingAsync(HttpContext context, Guid? session = null) => WithHandlerAsync(async handler =>
    {
        PasskeyRequestOptionsResult made = await handler.MakeRequestOptionsAsync(null, context);
        Keep(context, UseIn(session), made.AssertionState);
        return made.RequestOptionsJson;
    });

    /// <summary>The passkey that the browser made for a person; null where the answer does not hold.</summary>
    public Task<CheckedPasskey?> MadeAsync(HttpContext context, Guid personId, string? answer) => WithHandlerAsync<CheckedPasskey?>(async handler =>
    {
        if (answer is not { Length: > 0 and <= LongestAnswer } || Read(context, Making) is not { } state)
        {
            return null;
        }

        PasskeyAttestationResult result = await handler.PerformAttestationAsync(
            new PasskeyAttestationContext { HttpContext = context, CredentialJson = answer, AttestationState = state.Of });
        return result.Succeeded && result.UserEntity.Id == personId.ToString() ? new CheckedPasskey(state.Id, personId, state.At, result.Passkey) : null;
    });

    /// <summary>The passkey that the browser used, and whose it is; null where the answer does not hold, or was asked for elsewhere.</summary>
    public Task<CheckedPasskey?> UsedAsync(HttpContext context, string? answer, Guid? session = null) => WithHandlerAsync<CheckedPasskey?>(async handler =>
    {
        if (answer is not { Length: > 0 and <= LongestAnswer } || Read(context, UseIn(session)) is not { } state)
        {
            return null;
        }

        PasskeyAssertionResult<IdentityUser<Guid>> result = await handler.PerformAssertionAsync(
            new PasskeyAssertionContext { HttpContext = context, CredentialJson = answer, AssertionState = state.Of });
        return result.Succeeded ? new CheckedPasskey(state.Id, result.User.Id, state.At, result.Passkey) : null;
    });

    private static string UseIn(Guid? session) => $"use {session}";

    private async Task<T> WithHandlerAsync<T>(Func<PasskeyHandler<IdentityUser<Guid>>, Task<T>> use)
    {
        await using ConsoleDbContext db = await contexts.CreateDbContextAsync();
        using UserManager<IdentityUser<Guid>> manager = accounts.Over(db);
        return await use(new PasskeyHandler<IdentityUser<Guid>>(manager, options));
    }

    private void Keep(HttpContext context, string what, string? of) => context.Response.Cookies.Append(
        CookieName,
        Convert.ToBase64String(_protector.Protect(JsonSerializer.SerializeToUtf8Bytes(new State(what, Guid.CreateVersion7(), clock.Now(), of ?? "")), s_lifetime)),
        new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/account" });

    private State? Read(HttpContext context, string what)
    {
        try
        {
            State? state = JsonSerializer.Deserialize<State>(_protector.Unprotect(Convert.FromBase64String(context.Request.Cookies[CookieName] ?? "")));
            return state?.What == what ? state : null;
        }
        catch (Exception error) when (error is FormatException or CryptographicException or JsonException)
        {
            return null;
        }
    }

    private sealed record State(string What, Guid Id, DateTimeOffset At, string Of);
}
