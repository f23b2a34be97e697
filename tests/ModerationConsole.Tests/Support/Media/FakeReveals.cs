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

    public Task HideAllAsync() => Task.CompletedTask;

    public double SecondsUntil(DateTimeOffset end) => 900;
}

/// <summary>How the person wants media shown, for components.</summary>
internal sealed class FakeChoices : IMediaChoices
{
    public MyMediaPreferences? Mine { get; set; } = MyMediaPreferences.None;

    public Task<MediaPreferences> ForAsync(bool severe, IEnumerable<string?> categories) =>
        Task.FromResult(Mine?.For(severe, categories) ?? MediaPreferences.Strictest);

    public void Forget()
    {
    }
}

internal static class GatedMediaServices
{
    /// <summary>What the gated component needs.</summary>
    public static FakeReveals AddGatedMedia(this IServiceCollection services)
    {
        FakeReveals reveals = new();
        services.AddSingleton<IMediaReveals>(reveals);
        services.AddSingleton<IMediaChoices>(new FakeChoices());
        services.AddScoped<StatusLine>();
        return reveals;
    }
}
