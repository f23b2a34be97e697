using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ModerationConsole.Core.Data.Migrations.SqlServer
{
    /// <inheritdoc />
    public partial class IntakeInbox : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "intake_inbox",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("SqlServer:Identity", "1, 1"),
                    SenderKind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Items = table.Column<int>(type: "int", nullable: false),
                    Size = table.Column<int>(type: "int", nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", maxLength: 2000000, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_inbox", x => x.Number);
                });

            migrationBuilder.CreateTable(
                name: "intake_set_aside",
                columns: table => new
                {
                    Number = table.Column<long>(type: "bigint", nullable: false),
                    SenderKind = table.Column<string>(type: "nvarchar(30)", maxLength: 30, nullable: false, collation: "Latin1_General_100_BIN2"),
                    SenderId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Items = table.Column<int>(type: "int", nullable: false),
                    Size = table.Column<int>(type: "int", nullable: false),
                    Body = table.Column<byte[]>(type: "varbinary(max)", maxLength: 2000000, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2", nullable: false),
                    SetAsideAt = table.Column<DateTime>(type: "datetime2", nullable: false),
                    Fault = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: false, collation: "Latin1_General_100_BIN2")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_intake_set_aside", x => x.Number);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "intake_inbox");

            migrationBuilder.DropTable(
                name: "intake_set_aside");
        }
    }
}
