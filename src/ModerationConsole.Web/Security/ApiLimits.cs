using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security;

/// <summary>How much each program may ask.</summary>
internal sealed class ApiLimits(IOptions<ApiOptions> options) : IRateLimiterPolicy<Guid>
{
    public const string Policy = "api";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => async (context, _) =>
    {
        context.HttpContext.Response.Headers.RetryAfter = "1";
        await ApiErrors.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests);
    };

    public RateLimitPartition<Guid> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetTokenBucketLimiter(
            httpContext.User.ToProgram()?.Id ?? Guid.Empty,
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.Value.Burst,
                TokensPerPeriod = options.Value.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            });
}
