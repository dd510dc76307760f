<?php
// Nhận lời gọi webhook của Gương sáng Đất Tổ rồi cho chạy pull.php ngay (PHP 7.4 trở lên).
// Đặt tệp này cạnh pull.php trên máy chủ web, ở địa chỉ đã báo cho Ban Tuyên giáo. Biến môi trường:
//   GUONG_SANG_WEBHOOK  khóa ký webhook (whsec_…), và ba biến của pull.php

$body = file_get_contents('php://input');
$id = $_SERVER['HTTP_WEBHOOK_ID'] ?? '';
$time = $_SERVER['HTTP_WEBHOOK_TIMESTAMP'] ?? '';
$key = base64_decode(substr(getenv('GUONG_SANG_WEBHOOK'), strlen('whsec_')));
$expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$time.$body", $key, true));
$genuine = false;
foreach (explode(' ', $_SERVER['HTTP_WEBHOOK_SIGNATURE'] ?? '') as $signature) {
    $genuine = hash_equals($expected, $signature) || $genuine; // đang đổi khóa thì có hai chữ ký
}
if (!$genuine || abs(time() - (int) $time) > 300) {
    http_response_code(403); // không phải của Hội, hoặc lời gọi cũ bị gửi lại
    exit;
}
// Trả lời ngay, lấy tin ở phía sau. Lời gọi thử (type là test) cũng chỉ làm lấy tin thêm một lần.
exec('php ' . escapeshellarg(__DIR__ . '/pull.php') . ' > /dev/null 2>&1 &');
http_response_code(204);
