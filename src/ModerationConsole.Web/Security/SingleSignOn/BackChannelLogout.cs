using Microsoft.IdentityModel.JsonWebTokens;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>Where a provider says that someone signed out there (OpenID Connect Back-Channel Logout 1.0).</summary>
internal static class BackChannelLogout
{
    /// <summary>Largest request; a token has some hundred bytes.</summary>
    public const int MostBytes = 64 * 1024;

    public static async Task<IResult> ReceiveAsync(
        HttpContext context, string provider, IdentityProviders providers, TokenChecks checks, EndSessionsAtProvider endSessions, ProviderFaults faults)
    {
        CancellationToken cancel = context.RequestAborted;
        if (!providers.TryGet(provider, out IdentityProvider? known))
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType || (await context.Request.ReadFormAsync(cancel))["logout_token"] is not [{ Length: > 0 } text])
        {
            return Refused();
        }

        try
        {
            JsonWebToken token = await checks.LogoutAsync(known, text, cancel);
            ProviderLogout logout = new(
                provider, token.Issuer, token.Id, token.Subject.Length > 0 ? token.Subject : null,
                token.TryGetPayloadValue("sid", out string? session) && session?.Length > 0 ? session : null);
            return await endSessions.RunAsync(logout, cancel) ? Results.Ok() : Refused();
        }
        catch (SignInProblemException error)
        {
            faults.Note(provider, error.Problem, error);
            return Refused();
        }
        catch (ProviderAwayException error)
        {
            // Its keys cannot be read: it may tell again.
            faults.Note(provider, SignInProblem.Unreachable, error);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static IResult Refused() => Results.Json(new { error = "invalid_request" }, statusCode: StatusCodes.Status400BadRequest);
}
