using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using ModerationConsole.Core.People.SingleSignOn;

namespace ModerationConsole.Web.Security.SingleSignOn;

/// <summary>
/// Asks providers, time and again, whether those whom they vouched for may still be here, and in which groups they are now. Who is
/// gone there loses the session here; a provider that is away is borne for a while.
/// </summary>
internal sealed partial class RecheckSessions(
    ProviderChecks grants, IdentityProviders providers, TokenChecks checks, TokenSafe safe, TimeProvider clock, ILogger<RecheckSessions> log) : BackgroundService
{
    private const int AtOnce = 50;
    private const int SideBySide = 4;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(20);

    /// <summary>Asks about all that is due.</summary>
    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<DueCheck> due;
        do
        {
            due = await grants.TakeDueAsync(AtOnce, cancellationToken);
            await Parallel.ForEachAsync(
                due, new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken },
                async (check, cancel) => await AskAsync(check, cancel));
        }
        while (due.Count == AtOnce);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (providers.All.Count > 0)
            {
                await Task.Delay(s_every, clock, stoppingToken);
                try
                {
                    await RunOnceAsync(stoppingToken);
                }
#pragma warning disable CA1031 // the database may be gone for a while; what is due is asked the next time
                catch (Exception error) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
                {
                    LogFault(error.GetType().Name);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The process ends.
        }
    }

    private async Task AskAsync(DueCheck check, CancellationToken cancellationToken)
    {
        KeptTokens kept = safe.Open(check.Tokens);
        if (kept.Refresh is null || !providers.TryGet(check.Provider, out IdentityProvider? provider))
        {
            await grants.PostponeAsync(check.SessionId, cancellationToken);
            return;
        }

        try
        {
            (KeptTokens renewed, IReadOnlyCollection<string>? groups) = await RefreshAsync(provider, kept, check.Subject, cancellationToken);
            await grants.ConfirmAsync(check.SessionId, groups, safe.Close(renewed), cancellationToken);
        }
        catch (ProviderAwayException)
        {
            LogAway(check.Provider);
            await grants.PostponeAsync(check.SessionId, cancellationToken);
        }
        catch (Exception error) when (error is TokensRefusedException or SignInProblemException)
        {
            LogRefused(check.Provider, check.SessionId);
            await grants.RefuseAsync(check.SessionId, cancellationToken);
        }
    }

    private async Task<(KeptTokens Renewed, IReadOnlyCollection<string>? Groups)> RefreshAsync(
        IdentityProvider provider, KeptTokens kept, string subject, CancellationToken cancellationToken)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = "refresh_token", ["refresh_token"] = kept.Refresh! };
        using JsonDocument answer = await provider.TokensAsync(form, cancellationToken);
        JsonWebToken? token = ProviderClaims.Text(answer.RootElement, "id_token") is { } idToken
            ? await checks.RefreshedAsync(provider, idToken, cancellationToken)
            : null;
        string accessToken = ProviderClaims.Text(answer.RootElement, "access_token") ?? throw new ProviderAwayException("no access token");
        using JsonDocument? userInfo = await provider.UserInfoAsync(accessToken, cancellationToken);
        string?[] subjects = [token?.Subject, userInfo is null ? null : ProviderClaims.Text(userInfo.RootElement, "sub") ?? ""];
        if (subjects.Any(one => one is not null && ProviderChecks.KeyOf(one) != subject))
        {
            throw new SignInProblemException(SignInProblem.Refuted, "someone else");
        }

        KeptTokens renewed = new(
            ProviderClaims.Text(answer.RootElement, "refresh_token") ?? kept.Refresh, ProviderClaims.Text(answer.RootElement, "id_token") ?? kept.Id);
        return (renewed, ProviderClaims.Groups(provider, token, userInfo?.RootElement));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sessions by provider could not be checked ({Error}); trying again soon")]
    private partial void LogFault(string error);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The provider {Provider} is away; a session that it began goes on for a while without its word")]
    private partial void LogAway(string provider);

    [LoggerMessage(Level = LogLevel.Information, Message = "The provider {Provider} speaks no more for session {Session}, which ends")]
    private partial void LogRefused(string provider, Guid session);
}
