using Microsoft.Extensions.DependencyInjection;
using ModerationConsole.Core.Media;
using ModerationConsole.Web.Components.Layout;
using ModerationConsole.Web.Components.Shared;

namespace ModerationConsole.Tests.Support.Media;

/// <summary>The server's side of looking closer, for components: answers as told, remembers what was asked.</summary>
internal sealed class FakeReveals : IMediaReveals
{
    public Queue<RevealResult> Answers { get; } = [];

    public List<RevealRequest> Asked { get; } = [];

    public List<Guid> Hidden { get; } = [];

    public Task<RevealResult> RevealAsync(RevealRequest request)
    {
        Asked.Add(request);
        return Task.FromResult(Answers.Dequeue());
    }

    public Task HideAsync(Guid revealId)
    {
        Hidden.Add(revealId);
        return Task.CompletedTask;
    }

    public double SecondsUntil(DateTimeOffset end) => 900;
}

internal static class GatedMediaServices
{
    /// <summary>What the gated component needs.</summary>
    public static FakeReveals AddGatedMedia(this IServiceCollection services)
    {
        FakeReveals reveals = new();
        services.AddSingleton<IMediaReveals>(reveals);
        services.AddScoped<StatusLine>();
        return reveals;
    }
}
