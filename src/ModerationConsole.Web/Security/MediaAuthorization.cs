using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;
using ModerationConsole.Core.Access;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security;

/// <summary>Records requests for media that did not even get as far as the gate: of strangers, programs, and people without the permission.</summary>
internal sealed class MediaAuthorization(MediaDenials denials) : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _usual = new();

    public async Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (!authorizeResult.Succeeded && MediaRoute.Is(context) && MediaRoute.Media(context) is { } media)
        {
            Caller? caller = context.User.ToPerson() ?? await ProgramAsync(context);
            MediaGateOutcome outcome = caller?.Kind == CallerKind.Person ? MediaGateOutcome.MayNotViewCases : MediaGateOutcome.NotSignedIn;
            await denials.RecordAsync(caller, media, MediaRoute.Step(context), outcome, context.RequestAborted);
        }

        await _usual.HandleAsync(next, context, policy, authorizeResult);
    }

    private static async Task<Caller?> ProgramAsync(HttpContext context) =>
        (await context.AuthenticateAsync(ProgramClaims.ProgramScheme)).Principal.ToProgram();
}
