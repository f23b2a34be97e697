using System.Globalization;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;
using ModerationConsole.Web.Api;

namespace ModerationConsole.Web.Security;

/// <summary>Whose requests are counted together: a program's, by the limit that it has at the moment.</summary>
internal readonly record struct ProgramLimit(Guid ProgramId, int? RequestsPerSecond);

/// <summary>How much each program may ask: what its key says, or what every program may.</summary>
internal sealed class ApiLimits(IOptions<ApiOptions> options) : IRateLimiterPolicy<ProgramLimit>
{
    public const string Policy = "api";

    public Func<OnRejectedContext, CancellationToken, ValueTask> OnRejected => async (context, _) =>
    {
        TimeSpan wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? after : TimeSpan.Zero;
        context.HttpContext.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await ApiErrors.WriteAsync(context.HttpContext, StatusCodes.Status429TooManyRequests);
    };

    public RateLimitPartition<ProgramLimit> GetPartition(HttpContext httpContext) =>
        RateLimitPartition.GetTokenBucketLimiter(
            new ProgramLimit(httpContext.User.ToProgram()?.Id ?? Guid.Empty, httpContext.User.ProgramRate()),
            program => new TokenBucketRateLimiterOptions
            {
                TokenLimit = Burst(program.RequestsPerSecond),
                TokensPerPeriod = program.RequestsPerSecond ?? options.Value.RequestsPerSecond,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            });

    // In the proportion that every program has.
    private int Burst(int? rate) => rate is { } own
        ? (int)Math.Min(int.MaxValue, (long)own * options.Value.Burst / options.Value.RequestsPerSecond)
        : options.Value.Burst;
}
