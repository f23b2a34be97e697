using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.Options;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security;

/// <summary>
/// How much one network address may ask a minute without saying who it is: forms, health, refusals. Whoever is signed in and programs with
/// a key that opens something are not counted, even behind the same address; neither are styles and scripts, which are only files.
/// </summary>
internal sealed class StrangerLimits(RequestDelegate next, IOptions<SecurityOptions> options) : IDisposable
{
    private const int SecondsToWait = 10;

    private readonly PartitionedRateLimiter<string> _byAddress = SignInLimits.PerMinute(options.Value.StrangersPerAddress);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null || await IsKnownAsync(context))
        {
            await next(context);
            return;
        }

        using RateLimitLease lease = _byAddress.AttemptAcquire(SignInLimits.Network(context.Connection.RemoteIpAddress));
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }

        context.Response.Headers.RetryAfter = SecondsToWait.ToString(CultureInfo.InvariantCulture);
        if (context.Request.Path.StartsWithSegments(ConsoleApi.Base, StringComparison.OrdinalIgnoreCase))
        {
            await ApiErrors.WriteAsync(context, StatusCodes.Status429TooManyRequests);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        }
    }

    public void Dispose() => _byAddress.Dispose();

    private static async Task<bool> IsKnownAsync(HttpContext context) =>
        context.User.Identity?.IsAuthenticated == true
        || (context.Request.Headers.ContainsKey(ApiKeyHandler.Header) && (await context.AuthenticateAsync(ApiKeyHandler.ApiKeyScheme)).Succeeded);
}
