using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModerationConsole.Core.Media;

namespace ModerationConsole.Tests.Unit.Media;

public sealed class MediaOptionsValidatorTests
{
    [Fact]
    public void Settings_Absent_AreValidAndAllowNoHost()
    {
        MediaOptions options = Read();

        Assert.Empty(options.AllowedHosts);
        Assert.Equal(25 * 1024 * 1024, options.MaxBytes);
    }

    [Fact]
    public void Settings_Given_AreBound()
    {
        MediaOptions options = Read(("Media:AllowedHosts:0", "a.example:443"), ("Media:AllowedHosts:1", "127.0.0.1:81"), ("Media:MaxBytes", "2000"));

        Assert.Equal(["a.example:443", "127.0.0.1:81"], options.AllowedHosts);
        Assert.Equal(2000, options.MaxBytes);
    }

    [Theory]
    [InlineData("Media:AllowedHosts:0", "https://a.example")]
    [InlineData("Media:MaxBytes", "0")]
    [InlineData("Media:FetchTimeoutSeconds", "0")]
    [InlineData("Media:RenderTimeoutSeconds", "601")]
    [InlineData("Media:FfmpegPath", " ")]
    [InlineData("Media:FfprobePath", "")]
    public void Setting_ThatCannotWork_IsRefusedByItsKey(string key, string value)
    {
        OptionsValidationException refusal = Assert.Throws<OptionsValidationException>(() => Read((key, value)));

        Assert.Contains(key, refusal.Message, StringComparison.Ordinal);
    }

    private static MediaOptions Read(params (string Key, string Value)[] settings)
    {
        IConfiguration configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value)).Build();
        using ServiceProvider services = new ServiceCollection().AddMedia(configuration).BuildServiceProvider();
        return services.GetRequiredService<IOptions<MediaOptions>>().Value;
    }
}
