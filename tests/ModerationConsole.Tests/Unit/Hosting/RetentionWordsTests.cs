using ModerationConsole.Core.Retention;
using ModerationConsole.Web.Components.Admin;

namespace ModerationConsole.Tests.Unit.Hosting;

public sealed class RetentionWordsTests
{
    public static TheoryData<string> Classes => [.. RecordClasses.InOrder];

    [Theory]
    [MemberData(nameof(Classes))]
    public void Class_OfAnyName_HasWords(string name)
    {
        Assert.NotEqual(name, RetentionWords.Name(name));
        Assert.NotEmpty(RetentionWords.About(name));
    }
}
